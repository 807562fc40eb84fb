"""Initiatives of invented people, for the demo's dossiers."""

from dataclasses import dataclass, replace

from dossier.campaign import APPLIED, AUTHOR, BENEFIT, FIELD, POSITION, SUMMARY, TITLE


@dataclass(frozen=True, slots=True)
class Initiative:
    author: str
    position: str
    title: str
    field: str
    summary: str
    applied: str
    benefit: str

    def cell(self, column: str) -> str:
        """The text for a column of the campaign; '' for one that the demo does not fill."""
        known = {
            AUTHOR: self.author,
            POSITION: self.position,
            TITLE: self.title,
            FIELD: self.field,
            SUMMARY: self.summary,
            APPLIED: self.applied,
            BENEFIT: self.benefit,
        }
        return known.get(column, "")


_SAFETY = "sáng kiến trong lĩnh vực an toàn vệ sinh lao động, bảo vệ môi trường"
_REFORM = "cải cách hành chính, xây dựng Đảng và hệ thống chính trị, quản lý, điều hành"
_COMMUNITY = "sáng kiến vì cộng đồng trong các lĩnh vực y tế"
_PRODUCT = "sáng kiến tạo ra sản phẩm mới"
_VALUE = "Sản xuất có giá trị làm lợi cao"

TROLLEY = Initiative(
    "Lý Thị Hoa Mẫu",
    "Điều dưỡng trưởng khoa Nội",
    "Xe đẩy thuốc có ngăn màu theo ca trực",
    _PRODUCT,
    "Chia ngăn xe đẩy theo ba màu ứng với ba ca trực, mỗi ngăn có thẻ kiểm tra nhanh nên không còn phát nhầm ca.",
    "Tháng 3/2021",
    "Giảm 15 phút mỗi lượt phát thuốc",
)
QUEUE = Initiative(
    "Trịnh Văn Thử",
    "Nhân viên Phòng Công nghệ thông tin",
    "Màn hình gọi số khám bệnh dùng máy tính cũ",
    _REFORM,
    "Dùng lại máy tính thanh lý làm màn hình gọi số, người bệnh nhìn thấy thứ tự của mình từ ngoài sảnh chờ.",
    "15/02/2021",
    "Tiết kiệm 48.000.000 đồng tiền mua thiết bị",
)
WASTE = Initiative(
    "Đoàn Thị Ví Dụ",
    "Cử nhân khoa Kiểm soát nhiễm khuẩn",
    "Bảng nhận diện phân loại chất thải bằng hình",
    _SAFETY,
    "Thay bảng chữ bằng hình chụp vật thật dán ngay trên nắp thùng, nhân viên mới phân loại đúng từ ngày đầu.",
    "Tháng 4 năm 2021",
    "Tỷ lệ phân loại đúng tăng từ 71% lên 96%",
)
OXYGEN = Initiative(
    "Phan Minh Họa\nTạ Thị Thí Điểm",
    "Kỹ sư Phòng Vật tư",
    "Đồng hồ báo áp suất oxy đặt tại quầy trực",
    _SAFETY,
    "Nối tín hiệu áp suất bình oxy về quầy trực, chuông báo khi còn dưới một phần năm bình.",
    "01/3/2021",
    "Không còn trường hợp hết oxy giữa ca",
)
MILK = Initiative(
    "Vũ Thị Khuôn Mẫu",
    "Hộ sinh trưởng khoa Sản",
    "Góc sữa mẹ tại phòng chờ khám thai",
    _COMMUNITY,
    "Ngăn một góc phòng chờ bằng rèm và ghế tựa để bà mẹ cho bú, kèm tờ hướng dẫn tư thế đúng.",
    "Tháng 02/2021",
    "Phục vụ khoảng 40 bà mẹ mỗi tuần",
)
SCALE = Initiative(
    "Hồ Văn Giả Định",
    "Y sĩ Trạm Y tế",
    "Cân trẻ lưu động gắn trên xe đạp",
    _COMMUNITY,
    "Gắn cân treo và thước đo vào giá sau xe đạp để cân đo trẻ tại nhà ở các ấp xa trạm.",
    "Từ ngày 05/4/2021",
    "Thêm 120 trẻ được cân mỗi quý",
)
STOCK = Initiative(
    "Bạch Thị Giả Tưởng",
    "Dược sĩ kho chẵn",
    "Phiếu cảnh báo thuốc sắp hết hạn theo tuần",
    _VALUE,
    "Lọc số lô sắp hết hạn từ bảng tính kho, in phiếu màu gửi các khoa vào sáng thứ hai để ưu tiên dùng trước.",
    "Tháng 3 năm 2021",
    "Làm lợi 62.000.000 đồng trong quý",
)
SAMPLE_BOX = Initiative(
    "Cao Văn Tưởng Tượng",
    "Kỹ thuật viên khoa Xét nghiệm",
    "Hộp chuyển mẫu giữ lạnh bằng gel tái sử dụng",
    _PRODUCT,
    "Lót gel lạnh quanh khay ống nghiệm, giữ dưới 8 độ trong bốn giờ khi chuyển mẫu từ tuyến xã.",
    "20/03/2021",
    "Tiết kiệm 9.000.000 đồng/tháng tiền đá khô",
)
TRAINING = Initiative(
    "Kiều Thị Bài Tập",
    "Viên chức Phòng Tổ chức",
    "Ngân hàng câu hỏi ôn quy chế chuyên môn trên điện thoại",
    _REFORM,
    "Soạn 300 câu hỏi theo từng vị trí việc làm, mỗi sáng gửi ba câu qua nhóm nội bộ và tổng kết điểm cuối tháng.",
    "Tháng 5/2021",
    "92% viên chức tham gia trong tháng đầu",
)
LIGHT = Initiative(
    "Quách Văn Mô Hình",
    "Tổ trưởng tổ Bảo trì",
    "Cảm biến tắt đèn hành lang theo bậc",
    _VALUE,
    "Đèn hành lang giảm còn một phần ba độ sáng khi không có người qua lại sau 22 giờ.",
    "10/02/2021",
    "Giảm 18% tiền điện chiếu sáng",
)
PRINTER = Initiative(
    "Thái Văn Hư Cấu",
    "Văn thư",
    "In hai mặt mặc định cho toàn bộ máy in dùng chung",
    _VALUE,
    "Đặt chế độ in hai mặt từ máy chủ in, dán hướng dẫn đổi chế độ ngay trên máy cho trường hợp cần một mặt.",
    "Tháng 02/2021",
    "Giảm 40% lượng giấy mỗi tháng",
)
FOOTBATH = Initiative(
    "Lưu Thị Phỏng Theo",
    "Điều dưỡng khoa Phục hồi chức năng",
    "Bồn ngâm chân thảo dược có van hẹn giờ",
    _PRODUCT,
    "Lắp van hẹn giờ và nhiệt kế vào bồn ngâm chân, nước tự xả sau hai mươi phút nên không cần người canh.",
    "12/4/2021",
    "Mỗi ca phục vụ thêm sáu người bệnh",
)
PUPPETS = Initiative(
    "Chu Thị Hình Dung",
    "Điều dưỡng khoa Nhi",
    "Rối tay kể chuyện trước khi tiêm",
    _COMMUNITY,
    "May rối tay từ vải thừa, kể câu chuyện hai phút giúp trẻ bớt sợ và ngồi yên khi tiêm.",
    "Tháng 3/2021",
    "Số trẻ phải giữ khi tiêm giảm một nửa",
)
MASKS = Initiative(
    "Từ Văn Nguyên Mẫu",
    "Kỹ thuật viên",
    "Giá treo tấm chắn giọt bắn dùng lại",
    _SAFETY,
    "Giá treo bằng ống nhựa kèm đèn chiếu tia cực tím, mỗi lần khử khuẩn được hai mươi tấm chắn.",
    "18/02/2021",
    "Tiết kiệm 5.000.000 đồng/tháng",
)
CHAIRS = Initiative(
    "Hứa Thị Ước Lệ",
    "Nhân viên Phòng Hành chính",
    "Ghế chờ ghép từ giường bệnh thanh lý",
    _VALUE,
    "Cắt khung giường cũ, sơn lại và bọc nệm thành ghế băng ba chỗ cho hành lang khoa Khám bệnh.",
    "25/3/2021",
    "Có thêm 36 chỗ ngồi, không phải mua mới",
)
TRACING = Initiative(
    "Mai Văn Giả Sử",
    "Bác sĩ khoa Kiểm soát bệnh tật",
    "Sơ đồ truy vết vẽ tự động từ phiếu khai báo",
    _COMMUNITY,
    "Nhập phiếu khai báo vào bảng tính, sơ đồ tiếp xúc được vẽ ngay để đội đáp ứng nhanh phân công trong ngày.",
    "Tháng 5/2021",
    "Rút ngắn thời gian truy vết từ hai ngày còn bốn giờ",
)
OLD = replace(
    LIGHT,
    author="Tô Thị Năm Trước",
    title="Lịch trực điện tử chia theo kỹ năng",
    summary="Bảng tính tự gợi ý kíp trực đủ kỹ năng hồi sức, tránh hai người mới trong cùng một kíp.",
    applied="Tháng 10/2020",
    benefit="Giảm số lần đổi trực đột xuất",
)
LONG = replace(
    TRAINING,
    author="Âu Văn Dài Dòng",
    title="Sổ tay hướng dẫn chăm sóc sau mổ tại nhà",
    summary="Sổ tay viết theo từng ngày sau mổ, có hình vẽ và số điện thoại của khoa để người nhà hỏi khi cần. " * 11,
    applied="Tháng 4/2021",
    benefit="Giảm số lần tái khám không cần thiết",
)
