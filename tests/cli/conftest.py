"""Every command here hears tones unless it says otherwise."""

import pytest


@pytest.fixture(autouse=True)
def hears_tones(own_user_folders, monkeypatch):
    monkeypatch.setenv("BARRIERFREE_ENGINE", "scripted")
    monkeypatch.delenv("BARRIERFREE_SCRIPTED_DELAY", raising=False)
