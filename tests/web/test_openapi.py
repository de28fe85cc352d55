"""The schema that the browser's types are made from is the one that the server has."""

import json

from tools.write_openapi import TARGET, schema


def test_committed_schema_is_current() -> None:
    assert TARGET.read_text("utf-8") == schema(), "run `make openapi`"


def test_every_refusal_has_the_one_shape() -> None:
    for path in json.loads(schema())["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                shape = str(response["content"])
                assert status == "200" or shape.endswith("schemas/Problem'}}}")
