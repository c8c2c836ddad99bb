import pytest

from hkconcept.text import detect_language, language_passages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("公司发布公告，新药获批上市。", "zh-Hans"),
        ("公司發佈公告，新藥獲批上市。", "zh-Hant"),
        ("公司发布公告，注射用維特柯妥拜單抗获批，用于治疗肺癌，销售额持续增长，净利润转亏为盈。", "zh-Hans"),
        ("The regulator approved the drug made by Akeso 康方.", "en"),
        ("SHR-A1811 HER2 ADC II期临床获批", "zh-Hans"),
        ("一二三", "zh-Hans"),
        ("08:07 08/01/2026", "en"),
        ("", "en"),
    ],
)
def test_language_and_script(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_the_known_language_of_a_text_of_one_passage_is_taken() -> None:
    assert [language for _, language in language_passages("一二三", "zh-Hant")] == ["zh-Hant"]
    two = "国家药监局今日批准该创新药于中国上市销售。\nThe regulator approved the innovative drug today in China."
    assert [language for _, language in language_passages(two, "zh-Hant")] == ["zh-Hans", "en"]
