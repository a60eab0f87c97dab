"""Whether mypy accepts handler.py, and names the case when a variant is added: python exhaustive.py DIR."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).parent
modules = pathlib.Path(sys.argv[1])
with tempfile.TemporaryDirectory() as work:
    directory = pathlib.Path(work)
    module = directory / "metered.py"
    shutil.copy(modules / "metered.py", module)
    shutil.copy(here / "handler.py", directory)

    def mypy() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "mypy", "--strict", "handler.py"]
        return subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)

    before = mypy()
    subprocess.run([sys.executable, "handler.py"], cwd=directory, check=True)
    source = module.read_text(encoding="utf-8")
    variant = re.search(r"@_dataclasses[^\n]*\nclass PeerNotFound:\n.*?(?=\n\n\n)", source, re.DOTALL)
    assert variant is not None
    added = variant[0].replace("PeerNotFound", "PeerBanned").replace('"peer_not_found"', '"peer_banned"')
    source = source.replace(variant[0], f"{variant[0]}\n\n\n{added}")
    module.write_text(source.replace("    | PeerNotFound\n", "    | PeerNotFound\n    | PeerBanned\n"), encoding="utf-8")
    after = mypy()
assert before.returncode == 0, before.stdout
assert after.returncode == 1 and '"PeerBanned"; expected "Never"' in after.stdout, after.stdout
print(f"a variant that is added: {after.stdout.splitlines()[0]}")
