"""What holds for any text."""

import datetime as dt
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from hkconcept.linking import Gazetteer, link
from hkconcept.model import Judgement

ON = dt.date(2026, 6, 1)
GAZETTEER = Gazetteer.packaged()
WORDS = "恒瑞医药 康方生物 -B （01276） (09926 ) 02105.HK ， AKESO a 有限公司 香港 HK / 9 。 “ WuXi 集团 股份 12345"
PIECES = st.sampled_from([*WORDS.split(), *["下称", "ＨＫ", "®", "İ", "’s"], " ", "\n"])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60))
def test_findings_are_ordered_apart_and_inside_the_text(text: str) -> None:
    found = link(text, GAZETTEER, ON)
    for spans in ([m.span for m in found.mentions], [f.span for f in found.flags], list(found.code_spans)):
        assert spans == sorted(spans)
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
    mentions = [m.span for m in found.mentions]
    assert not any(a.overlaps(b) for a, b in pairwise(mentions))
    for mention in found.mentions:
        assert mention.surface == text[mention.span.start : mention.span.end]
        assert (mention.code is not None) == (mention.judgement in {Judgement.LINKED, Judgement.CONFLICT})


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(sorted(GAZETTEER.codes)), st.sampled_from(["（{}）", "({}.HK)", "{}.HK)", "（HK{}，"]))
def test_the_current_name_with_its_own_code_is_never_flagged(code: str, form: str) -> None:
    row = GAZETTEER.row(code)
    name = row.zh_hans or row.en
    on = dt.date(2026, 7, 31) if not row.last_seen else dt.date(2025, 1, 2)
    found = link(f"{name}{form.format(code)}公告", GAZETTEER, on)
    assert found.flags == ()
    assert [m.printed_code for m in found.mentions][:1] == [code]


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from(["恒瑞医药（01276）", "WuXi AppTec (02359)", "三生制药01530.HK)"]),
    st.text("天地玄黄 ,。", max_size=8),
)
def test_words_around_do_not_change_a_link(named: str, around: str) -> None:
    (alone,) = link(named, GAZETTEER, ON).mentions
    inside = link(f"{around}。{named}。{around}", GAZETTEER, ON)
    assert [(m.surface, m.code) for m in inside.mentions] == [(alone.surface, alone.code)]
