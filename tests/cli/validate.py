#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds JSON documents to stepscope-output.schema.json.

    validate.py SCHEMA < LINES

Each line of stdin is {"kind": "steps", "text": "{…}"}: which of the schema's documents the text should be. Prints
a line for each: "valid", or "refused: PLACE: WHY". Exit codes: 0 all were looked at, 1 the schema itself is wrong,
77 python3-jsonschema is not installed.
"""

import json
import sys

try:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match
except ImportError:
    sys.exit(77)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    validators = {"any": Draft202012Validator(schema)}
    for line in sys.stdin:
        request = json.loads(line)
        kind = request["kind"]
        if kind not in validators:
            part = {"$ref": "#/$defs/" + kind, "$defs": schema["$defs"]}
            validators[kind] = Draft202012Validator(part)
        error = best_match(validators[kind].iter_errors(json.loads(request["text"])))
        message = " ".join(error.message.split())[:300] if error else ""
        print("refused: %s: %s" % (error.json_path, message) if error else "valid", flush=True)


if __name__ == "__main__":
    main()
