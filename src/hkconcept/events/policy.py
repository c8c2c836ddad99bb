"""Policy events: a regulator or government issues, proposes or changes a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hkconcept.events.lexicon import Agency
from hkconcept.events.scene import Scene
from hkconcept.model import Span
from hkconcept.text.lazily import lazily

__all__ = ["Policy", "find_agency", "find_policies"]

_ACTS_ZH = lazily(
    r"发布|颁布|印发|出台|公布|公告|征求意见|优化|明确|提出|制定|修订|下发|实施|启动|推出|部署|加快|发文|表示|联合"
    r"|宣布|召开|施行|重磅"
)
_INSTRUMENTS_ZH = lazily(
    r"公告|通知|意见|办法|规定|措施|方案|条例|指导原则|征求意见稿|政策|新规|规划|报告|清单|细则|指南|工作程序"
    r"|审评审批|审评机制|制度|目录|通告|实施|指引|规则|监管框架"
)
_RECEIVED_ZH = lazily(
    r"收到|获得|获批|获(?:国家|美国|中国|nmpa|fda|cde|欧洲|澳门|香港)|受理|签发|颁发|批准|核准|注册证|通知书"
    r"|认定|同意|批件|授予|纳入.{0,12}名单|递交|提交|立案|辞任|回购|处罚|罚款|罚没|通报|违法"
    r"|不实|不属实|辟谣|澄清|电话沟通|沟通交流|未计划|没有计划|开标"
    r"|(?:发布|公布|公示|印发)[^,。]{0,40}(?:药品目录|创新药目录|基药目录|名单)(?!.{0,6}(?:方案|办法|通知|意见|规则))"
)
_UNATTRIBUTED_ZH = lazily(
    r"(?:出台|发布|印发|落地)[^,。]{0,10}(?:政策|新规|办法|意见|措施)|政策组合拳|政策(?:密集)?(?:出台|落地)"
)
_TALK_ZH = lazily(r"政策(?:暖风|东风|红利|加码|预期)|有望|或将出台|预期|若|研报|机构认为")
_ACTS_EN = lazily(
    r"\b(?:issu|unveil|propos|finali[sz]|rework|tweak|optimi[sz]|streamlin|releas|publish|announc|adopt|launch"
    r"|revis|amend|introduc|overhaul|"
    r"(?:will|would) review|relax|scrap|tighten|no longer (?:be )?us"
    r"|set out|lay|laid|reauthori|reviv|roll|outlin|draft|encourag"
    r"|accelerat|speed(?!ier)|expand|open|improv)\w*"
)
_INSTRUMENTS_EN = lazily(
    r"\b(?:announcement|guidance|guideline|rule|regulation|policy|policies|plan|program|path|pathway|framework"
    r"|measure|notice|opinion|legislation|"
    r"procurement|review and approval|evaluation|reform|requirement|(?:review"
    r"|approval) process|priority (?:review|evaluation))s?\b"
)
# "CMS proposes": these acts make rules whatever they name.
_RULES_ALONE = lazily(r"propos|finali[sz]")
_SAID = lazily(r"\b(?:said|says|announced|stated)\b")
_COMPANY_EN = lazily(
    r"(?<!-)(?<!overseas )\b(?:approv(?:es|ed)|clears|rejects|nod|warning letter|complete response|grants?"
    r"|granted|accepted|recall|seiz\w+"
    r"|suspend\w*|delays?|decision)\b"
)
# What an exchange says is mostly about one company; its own rules are policy.
_EXCHANGES = frozenset({"HKEX", "SSE", "SZSE", "SFC"})
_RULE_MAKING = lazily(
    r"(?:修订|制定|印发|发布|优化|就)[^,。;]{0,40}(?:指引|规则|办法|规定|细则|监管框架|咨询文件|谘询文件|征求意见)(?!的有关规定|的规定)"
)
_NUMBER_ZH = lazily(r"(20[0-9]{2})年(?:第)?([0-9]{1,3})号|第([0-9]{1,3})号")
_NUMBER_EN = lazily(r"\bno\. ?([0-9]{1,3})(?: of (20[0-9]{2}))?")
_TITLE = lazily(r"《([^《》\n]{4,80})》")
_REPORT = lazily(r"报告|白皮书|\breport\b")


@dataclass(frozen=True, slots=True)
class Policy:
    """One act of policy. ``agency`` is empty when the text credits nobody in particular."""

    span: Span
    agency: str
    number: str = ""
    instrument: str = ""
    topic: str = ""
    report: bool = False


def find_agency(key: str, start: int, end: int, forms: Sequence[tuple[str, Agency]]) -> tuple[Agency, int] | None:
    """Return the first agency named in a stretch of the folded key, and where; the specific wins a tie."""
    best: tuple[Agency, int] | None = None
    for form, agency in forms:
        at = key.find(form, start, end)
        if at >= 0 and (best is None or at < best[1]):
            if form.isascii():
                before, after = key[at - 1 : at], key[at + len(form) : at + len(form) + 1]
                if (before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum()):
                    continue
            best = agency, at
    return best


def _number(key: str, start: int, end: int) -> str:
    found = _NUMBER_ZH.search(key, start, end)
    if found:
        return f"{found.group(1)}-{found.group(2)}" if found.group(1) else found.group(3)
    found = _NUMBER_EN.search(key, start, end)
    if found:
        return f"{found.group(2)}-{found.group(1)}" if found.group(2) else found.group(1)
    return ""


def _candidates(scene: Scene, forms: Sequence[tuple[str, Agency]]) -> Iterator[Policy]:
    acts, instruments = (_ACTS_EN, _INSTRUMENTS_EN) if scene.english else (_ACTS_ZH, _INSTRUMENTS_ZH)
    for number, statement in enumerate(scene.statements):
        key, start, end = scene.key, statement.start, statement.end
        agency = find_agency(key, start, end, forms)
        if agency is None:
            loose = None if scene.english else _UNATTRIBUTED_ZH.search(key, start, end)
            if loose and not _TALK_ZH.search(key, start, end) and not scene.mentions[number]:
                yield Policy(statement.span, "", topic=scene.text[slice(*loose.span())])
            continue
        barred = _COMPANY_EN if scene.english else _RECEIVED_ZH
        if barred.search(key, start, end) or agency[0].name == "State Post Bureau":
            continue
        if agency[0].name in _EXCHANGES and not _RULE_MAKING.search(key, agency[1], end):
            continue
        act = acts.search(key, agency[1], end)
        if act is None and scene.english and _SAID.search(key, agency[1], end):
            act = acts.search(key, start, end)
        # Agencies act; whoever only stands in the same sentence as one does not make policy.
        if act is None:
            continue
        if not instruments.search(key, start, end) and not (scene.english and _RULES_ALONE.match(act[0])):
            continue
        named = [m for m in scene.mentions[number] if m.span.start < agency[1]]
        if named:
            continue
        title = _TITLE.search(scene.text, start, end)
        report = bool(_REPORT.search(key, agency[1], end)) and not title
        yield Policy(
            statement.span,
            agency[0].name,
            number=_number(key, start, end),
            instrument=title.group(1) if title else "",
            topic=scene.text[act.start() : min(end, act.start() + 160)].strip(),
            report=report,
        )


def find_policies(scene: Scene, forms: Sequence[tuple[str, Agency]]) -> tuple[Policy, ...]:
    """Return the acts of policy told in a text: one for each agency, the fullest statement of it.

    Notes
    -----
    A text repeats one act in headline and body. The first statement gives the span and the topic; number
    and title of the instrument are taken from whichever statement of the same agency prints them.

    """
    if not forms and "政策" not in scene.key and "新规" not in scene.key:
        return ()
    merged: dict[str, Policy] = {}
    for policy in _candidates(scene, forms):
        first = merged.get(policy.agency)
        if first is None:
            merged[policy.agency] = policy
            continue
        merged[policy.agency] = Policy(
            first.span,
            first.agency,
            number=first.number or policy.number,
            instrument=first.instrument or policy.instrument,
            topic=first.topic,
            report=first.report and policy.report,
        )
    if len(merged) > 1:
        merged.pop("", None)
    return tuple(merged.values())
