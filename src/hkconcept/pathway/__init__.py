"""The review pathway in mainland China: which channel, which clock, when due."""
