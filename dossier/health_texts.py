"""What each complaint of dossier.health says, in Vietnamese and in English: what is wrong, and what to do."""

from types import MappingProxyType

DISKS = MappingProxyType(
    {
        "database": ("cơ sở dữ liệu", "the database"),
        "blobs": ("thư gốc", "the messages as received"),
        "backup": ("bản sao lưu", "the backups"),
    }
)
"""What lies on a disk → (Vietnamese, English)."""
TEXTS = MappingProxyType(
    {
        "no-poll": (
            """Không đọc được hộp thư {about} (lần cuối: {last}). Kiểm tra dịch vụ có đang chạy không, mạng và mật
            khẩu hộp thư: chạy `hoso check`.""",
            """Mailbox {about} is not being read (last time: {last}). See that the service runs, and check network
            and password: run `hoso check`.""",
        ),
        "queue": (
            """{count} thư đã nhận nhưng chưa xử lý, thư cũ nhất từ {since}. Xem nhật ký của dịch vụ; nếu máy quá
            tải, tăng reading.workers hoặc dừng việc khác trên máy.""",
            """{count} messages are received and not judged, the oldest since {since}. See the service's log; where
            the machine is overloaded raise reading.workers or stop other work on it.""",
        ),
        "letters-wait": (
            """{count} thư trả lời chưa gửi được, từ {since}. Chạy `hoso check` để xem máy chủ gửi thư nói gì (mật
            khẩu, hạn mức gửi trong ngày, mạng).""",
            """{count} letters wait to be sent, since {since}. Run `hoso check` for what the relay says (password,
            daily quota, network).""",
        ),
        "letters-lost": (
            """{undelivered} thư trả lời không đến nơi và {unknown} thư không rõ kết quả. Chạy `hoso letters`, liên
            hệ đơn vị nhận; gửi lại bằng `hoso resend`.""",
            """Letters that did not arrive: {undelivered}; of unknown outcome: {unknown}. Run `hoso letters`, ask the
            union; send again with `hoso resend`.""",
        ),
        "disk": (
            """Ổ đĩa chứa {about} chỉ còn {free} MB trống. Giải phóng chỗ hoặc chuyển sang ổ lớn hơn; thư vẫn ở
            trên máy chủ, không mất.""",
            """The disk of {about} has only {free} MB left. Free space or move to a larger one; mail stays on the
            server and is not lost.""",
        ),
        "clock-behind": (
            """Đồng hồ của máy này chậm hơn máy chủ thư {minutes} phút ({about}). Bật đồng bộ giờ (NTP). Kết quả
            kiểm tra hồ sơ không bị ảnh hưởng: thời điểm nhận lấy theo máy chủ thư.""",
            """This machine's clock is {minutes} minutes behind the mail server's ({about}). Turn on NTP. Verdicts
            are not touched: they go by the mail server's time of receipt.""",
        ),
        "clock-ahead": (
            """Đồng hồ của máy này nhanh hơn máy chủ thư {minutes} phút ({about}). Bật đồng bộ giờ (NTP). Kết quả
            kiểm tra hồ sơ không bị ảnh hưởng: thời điểm nhận lấy theo máy chủ thư.""",
            """This machine's clock is {minutes} minutes ahead of the mail server's ({about}). Turn on NTP.
            Verdicts are not touched: they go by the mail server's time of receipt.""",
        ),
        "clock-back": (
            """Đồng hồ của máy này bị chỉnh lùi {minutes} phút ({about}). Bật đồng bộ giờ (NTP). Kết quả kiểm tra
            hồ sơ không bị ảnh hưởng: thời điểm nhận lấy theo máy chủ thư.""",
            """This machine's clock was set back by {minutes} minutes ({about}). Turn on NTP. Verdicts are not
            touched: they go by the mail server's time of receipt.""",
        ),
        "backup": (
            """Không có bản sao lưu mới; bản cuối: {last}. {problem} Kiểm tra thư mục backup.folder rồi chạy `hoso
            backup`.""",
            """There is no recent backup; the last one: {last}. {problem} See to backup.folder, then run `hoso
            backup`.""",
        ),
        "reconciliation": (
            """Hộp thư {about} chưa được đối chiếu với sổ theo dõi; lần cuối: {last}. Chạy `hoso reconcile`.""",
            """Mailbox {about} was not compared with the ledger; last: {last}. Run `hoso reconcile`.""",
        ),
        "missing": (
            """Khi đối chiếu, sổ theo dõi thiếu {count} thư của {about}; các thư đó đã được lấy về. Chạy lại `hoso
            reconcile` và xem nhật ký để biết vì sao.""",
            """The ledger lacked {count} messages of {about}; they were fetched. Run `hoso reconcile` again, and
            see the log for the reason.""",
        ),
        "store": (
            """Không đọc hoặc ghi được dữ liệu: {problem}. Kiểm tra ổ đĩa và cơ sở dữ liệu; thư vẫn ở trên máy chủ,
            không mất.""",
            """The records cannot be read or written: {problem}. See to disk and database; mail stays on the server
            and is not lost.""",
        ),
    }
)
"""Text → (Vietnamese, English); line breaks are those of this page alone."""
