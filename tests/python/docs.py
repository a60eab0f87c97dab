"""Whether the first script of docs/python.md works against a real server: python docs.py DIR SERVER."""

import pathlib
import re
import subprocess
import sys
import tempfile

modules, server = sys.argv[1:]
page = pathlib.Path(__file__).parents[2] / "docs/python.md"
script = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)[0]
process = subprocess.Popen([server], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
try:
    url = process.stdout.readline().strip()
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as file:
        file.write(script)
        file.flush()
        for entry, expected in {
            "channel_not_authorized": ["not allowed:"],
            "invalid_token": ["the token was refused", "a new token, because of invalid_token"],
        }.items():
            command = [sys.executable, "-u", file.name, f"{url}/metered/{entry}"]
            with subprocess.Popen(
                command, env={"PYTHONPATH": modules}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            ) as run:
                said = [run.stdout.readline().strip() for _ in expected]
                run.kill()
            assert all(line.startswith(one) for line, one in zip(said, expected)), said
            print(f"{entry}: {said}")
finally:
    process.stdin.close()
    process.wait(10)
