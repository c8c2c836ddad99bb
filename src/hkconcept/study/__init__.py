"""Event studies that hold their size: abnormal returns around dated events, with tests chosen by the data's shape."""

from hkconcept.study.answers import Study, WindowAnswer
from hkconcept.study.design import Design, Model, StudyEvent, Window
from hkconcept.study.earlier import earlier
from hkconcept.study.load import from_folders, from_market, from_sample
from hkconcept.study.panel import ReturnPanel, from_closes
from hkconcept.study.run import run

__all__ = [
    "Design",
    "Model",
    "ReturnPanel",
    "Study",
    "StudyEvent",
    "Window",
    "WindowAnswer",
    "earlier",
    "from_closes",
    "from_folders",
    "from_market",
    "from_sample",
    "run",
]
