"""Each evidence sheet can be opened, for clinicians and for patients, with or without trials."""

import pytest
from django.test import Client

from tautband.evidence.sheets import load_sheets


@pytest.mark.parametrize("condition", sorted(load_sheets()))
def test_each_sheet_opens_for_both_readers(client: Client, condition: str) -> None:
    sheet = load_sheets()[condition]
    for address in (f"/evidence/{condition}/", f"/evidence/{condition}/patient/"):
        response = client.get(address)
        assert response.status_code == 200
        assert sheet.title.replace("'", "&#x27;") in response.content.decode()
    page = client.get(f"/evidence/{condition}/").content.decode()
    for number, one in enumerate(sheet.answered, start=1):
        plot = client.get(f"/evidence/{condition}/{number}-forest.svg")
        assert (plot.status_code == 200) == (one.answer.pool is not None), plot
        assert f'id="question-{number}"' in page
