import pytest
from support.letters import facts

from notifier.letters import render
from notifier.templates import LetterTemplateError, Templates


def put(folder, name, text):
    path = folder / "letters" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_an_override_replaces_one_file_and_leaves_the_others(tmp_path):
    put(tmp_path, "vi/acknowledgement/subject.txt", "Đã nhận {{ letter.code }}\n")
    letter = render(facts(), Templates(tmp_path))
    assert letter.subject == "Đã nhận SK39-BVDN"
    assert letter.text == render(facts(), Templates()).text


def test_an_override_above_the_languages_holds_for_all_of_them(tmp_path):
    put(tmp_path, "acknowledgement/subject.txt", "{{ letter.code }} {{ say.title }}")
    assert render(facts(), Templates(tmp_path), "en").subject == "SK39-BVDN Receipt of the dossier"
    assert render(facts(), Templates(tmp_path), "vi").subject == "SK39-BVDN Thông báo tiếp nhận hồ sơ"


def test_an_override_can_change_one_sentence_in_text_and_html_alike(tmp_path):
    put(
        tmp_path,
        "vi/sentences.txt",
        '{% extends "shipped/sentences.txt" %}{% block thanks %}Xin cảm ơn & chào{% endblock %}',
    )
    letter = render(facts(), Templates(tmp_path))
    assert "Xin cảm ơn & chào\n" in letter.text
    assert "Xin cảm ơn &amp; chào" in letter.html
    assert "Đã nhận đủ văn bản, đúng hạn" in letter.text


def test_an_override_can_change_the_words_of_one_finding(tmp_path):
    put(
        tmp_path,
        "vi/findings/missing-memo.txt",
        "{% block what %}Thiếu tờ trình.{% endblock %}{% block mend %}Gửi ngay.{% endblock %}",
    )
    assert "1. Thiếu tờ trình.\n   Cách bổ sung: Gửi ngay." in render(facts("missing-memo"), Templates(tmp_path)).text


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("\n\n{% if %}", 3, "Expected an expression"),
        ("\n{{ letter.nothing_of_the_kind }}", 2, "nothing_of_the_kind"),
        ("\n{{ say.no_such_sentence }}", 2, "no_such_sentence"),
        ("{{ 1 / 0 }}", 1, "division"),
        ("\n{{ letter.received_at + 1 }}", 2, "unsupported operand"),
        ('{{ "".__class__.__mro__ }}', 1, "unsafe"),
        ("{{ x | no_such_filter }}", 1, "no_such_filter"),
        ("{{ letter.received_at|moment|moment }}", None, ""),
    ],
)
def test_a_broken_override_is_told_with_its_file_and_line(tmp_path, text, line, reason):
    path = put(tmp_path, "vi/acknowledgement/body.txt", text)
    with pytest.raises(LetterTemplateError) as caught:
        render(facts(), Templates(tmp_path))
    assert reason in caught.value.reason
    if line is not None:
        assert caught.value.file == str(path)
        assert caught.value.line == line
        assert f"{path}, line {line}" in str(caught.value)


@pytest.mark.parametrize("wrong", ["letter.nobody", "letter.received_at + 1", "1 / 0", "[]|first.x", "say.x"])
def test_a_broken_sentence_is_told_with_its_file_and_line(tmp_path, wrong):
    path = put(
        tmp_path,
        "vi/sentences.txt",
        f'{{% extends "shipped/sentences.txt" %}}\n{{% block thanks %}}\n{{{{ {wrong} }}}}{{% endblock %}}',
    )
    with pytest.raises(LetterTemplateError) as caught:
        render(facts(), Templates(tmp_path))
    assert (caught.value.file, caught.value.line) == (str(path), 3)


def test_a_sentence_that_a_letter_does_not_say_is_tried_when_templates_are_checked(tmp_path):
    path = put(
        tmp_path,
        "vi/sentences.txt",
        '{% extends "shipped/sentences.txt" %}\n{% block unverified %}{{ letter.nobody }}{% endblock %}',
    )
    assert "Trân trọng cảm ơn." in render(facts(), Templates(tmp_path)).text
    with pytest.raises(LetterTemplateError) as caught:
        render(facts(), Templates(tmp_path), every_sentence=True)
    assert (caught.value.file, caught.value.line) == (str(path), 2)


def test_what_an_override_sets_above_its_sentences_holds_in_them(tmp_path):
    put(
        tmp_path,
        "vi/sentences.txt",
        '{% extends "shipped/sentences.txt" %}{% set who = "Ban Thường vụ" %}'
        "{% block thanks %}{{ who }} cảm ơn. {{ super() }}{% endblock %}",
    )
    assert "Ban Thường vụ cảm ơn. Trân trọng cảm ơn." in render(facts(), Templates(tmp_path)).text


def test_templates_that_were_prepared_are_not_read_again(tmp_path):
    path = put(tmp_path, "vi/acknowledgement/subject.txt", "Đã nhận")
    templates = Templates(tmp_path)
    templates.prepare("vi")
    path.unlink()
    assert render(facts(), templates).subject == "Đã nhận"


def test_a_broken_template_is_told_by_the_letter_that_needs_it_alone(tmp_path):
    put(tmp_path, "vi/deficiency/body.txt", "{% if %}")
    templates = Templates(tmp_path)
    templates.prepare("vi")
    assert render(facts(), templates).text
    with pytest.raises(LetterTemplateError, match="Expected an expression"):
        render(facts("missing-memo"), templates)


def test_an_include_that_is_not_there_is_named(tmp_path):
    put(tmp_path, "vi/acknowledgement/body.txt", '{% include "_parts/none.txt" %}')
    with pytest.raises(LetterTemplateError, match=r"_parts/none\.txt is not there"):
        render(facts(), Templates(tmp_path))


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "..\\\\secret.txt", "a/../../secret.txt"])
def test_a_template_cannot_read_outside_its_folders(tmp_path, name):
    put(tmp_path, "secret.txt", "secret")
    put(tmp_path / "own", "vi/acknowledgement/body.txt", f'{{% include "{name}" %}}')
    with pytest.raises(LetterTemplateError, match="is not there"):
        render(facts(), Templates(tmp_path / "own"))


def test_a_finding_without_its_blocks_is_told(tmp_path):
    put(tmp_path, "vi/findings/missing-memo.txt", "{% block what %}x{% endblock %}")
    with pytest.raises(LetterTemplateError, match="no block mend"):
        render(facts("missing-memo"), Templates(tmp_path))


def test_an_override_that_is_not_utf_8_is_told(tmp_path):
    path = put(tmp_path, "vi/acknowledgement/body.txt", "")
    path.write_bytes("Kính gửi".encode("utf-16"))
    with pytest.raises(LetterTemplateError, match="UTF-8") as caught:
        render(facts(), Templates(tmp_path))
    assert caught.value.file == str(path)


def test_a_language_without_letters_is_told_with_those_that_there_are(tmp_path):
    with pytest.raises(LetterTemplateError, match="there are: en, vi"):
        render(facts(), Templates(tmp_path), "fr")


def test_files_that_no_letter_asks_for_are_listed(tmp_path):
    put(tmp_path, "vi/acknowledgment/subject.txt", "x")
    put(tmp_path, "vi/findings/missing-memos.txt", "x")
    put(tmp_path, "vi/acknowledgement/subject.txt", "x")
    put(tmp_path, "_parts/frame.html", "x")
    put(tmp_path, "README", "x")
    (tmp_path / "vi").mkdir()
    (tmp_path / "vi" / "sentences.txt").write_text("x")
    assert Templates(tmp_path).unused_overrides() == (
        "letters/README",
        "letters/vi/acknowledgment/subject.txt",
        "letters/vi/findings/missing-memos.txt",
        "vi/sentences.txt",
    )
    assert Templates().unused_overrides() == ()
    assert Templates(tmp_path / "none").unused_overrides() == ()


def test_shapes_of_html_take_nothing_from_text_templates_unescaped():
    folder = Templates().shipped("vi").parent
    pages = list(folder.rglob("*.html"))
    assert pages
    for page in pages:
        source = page.read_text("utf-8")
        assert "|safe" not in source.replace(" ", "")
        assert ".txt" not in source
