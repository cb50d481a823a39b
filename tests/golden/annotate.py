"""Write the annotations anew from what the parser finds, for reading and correcting by hand.

python -m tests.golden.annotate
"""

from __future__ import annotations

import json

from extractors.claims import ClaimParser
from tests.golden import FOLDER, documents
from tests.golden.compact import compact


def main() -> None:
    """Overwrite every `.claims.json` of the folder."""
    parser = ClaimParser()
    for document in documents():
        found = compact(parser.parse(document))
        shown = json.dumps(found, ensure_ascii=False, indent=1)
        (FOLDER / f"{document.doc}.claims.json").write_text(shown + "\n", "utf-8")


if __name__ == "__main__":
    main()
