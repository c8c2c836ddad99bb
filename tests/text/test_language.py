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


def test_one_passage_has_the_language_that_is_known() -> None:
    assert language_passages("SHR-A1811 HER2", "zh-Hant")[0][1] == "zh-Hant"
    assert language_passages("SHR-A1811 HER2")[0][1] == "en"
