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


def test_types_of_the_browser_are_made_from_it() -> None:
    made = (TARGET.parent / "schema.d.ts").read_text("utf-8")
    for name, schema_ in json.loads(schema())["components"]["schemas"].items():
        assert f"        {name}: " in made, "run `make openapi`"
        for field in schema_.get("properties", {}):
            assert f"            {field}" in made, "run `make openapi`"
