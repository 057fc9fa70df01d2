"""Makes the fonts of the documents: `python scripts/make_fonts.py FOLDER`, with the packages below unpacked in FOLDER.

Run by hand when a typeface is to change, never by the project itself; what it writes is checked in under
wargame/aar/documents/fonts. It needs `pip install fonttools brotli`, the installed frontend, and in FOLDER:

    npm pack @ibm/plex-sans@1.1.0 @ibm/plex-mono@2.5.0 @ibm/plex-sans-kr@1.1.0 @ibm/plex-sans-arabic@1.1.0
    npm pack @expo-google-fonts/noto-emoji@0.4.7
    for each: mkdir NAME && tar xzf NAME*.tgz -C NAME      (NAME: plex-sans, plex-mono, plex-sans-kr, ...)

The print faces are whole, unchanged fonts in TrueType form: typst reads no WOFF2, and "Plex" is a reserved name, so no
glyph is taken out. Bold stands in for semibold, which has a family name of its own. Newsreader, which is variable on
the pages, is cut to the two weights and optical sizes in print, with the glyphs of Latin and extended Latin put
together. The faces for HTML are the files the pages themselves use.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "wargame/aar/documents/fonts"
PAGES = ROOT / "frontend/node_modules"
WHOLE = {
    "IBMPlexSans-Regular": "plex-sans/package/fonts/complete/woff2/IBMPlexSans-Regular.woff2",
    "IBMPlexSans-Bold": "plex-sans/package/fonts/complete/woff2/IBMPlexSans-Bold.woff2",
    "IBMPlexSans-Italic": "plex-sans/package/fonts/complete/woff2/IBMPlexSans-Italic.woff2",
    "IBMPlexMono-Regular": "plex-mono/package/fonts/complete/woff2/IBMPlexMono-Regular.woff2",
    "IBMPlexSansKR-Regular": "plex-sans-kr/package/fonts/complete/woff2/hinted/IBMPlexSansKR-Regular.woff2",
    "IBMPlexSansArabic-Regular": "plex-sans-arabic/package/fonts/complete/woff2/IBMPlexSansArabic-Regular.woff2",
    "NotoEmoji-Regular": "noto-emoji/package/400Regular/NotoEmoji_400Regular.ttf",
}
CUTS: dict[str, dict[str, float]] = {
    "Newsreader-Regular": {"wght": 400, "opsz": 16},
    "Newsreader-Medium": {"wght": 500, "opsz": 32},
}
WEB = {
    "plex-sans.woff2": "@fontsource-variable/ibm-plex-sans/files/ibm-plex-sans-latin-wght-normal.woff2",
    "plex-mono.woff2": "@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2",
    "newsreader.woff2": "@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2",
}
LICENCES = {
    "LICENSE-IBM-Plex.txt": "plex-sans/package/LICENSE.txt",
    "LICENSE-Noto-Emoji.txt": "noto-emoji/package/LICENSE_FONT",
}


def main(folder: Path) -> None:
    """Write every face and licence."""
    (OUT / "web").mkdir(parents=True, exist_ok=True)
    for name, source in WHOLE.items():
        font = TTFont(folder / source, recalcTimestamp=False)
        font.flavor = None
        font.save(OUT / f"{name}.ttf")
    for name, place in CUTS.items():
        _newsreader(name, place)
    for name, source in WEB.items():
        shutil.copyfile(PAGES / source, OUT / "web" / name)
    for name, source in LICENCES.items():
        shutil.copyfile(folder / source, OUT / name)
    shutil.copyfile(PAGES / "@fontsource-variable/newsreader/LICENSE", OUT / "LICENSE-Newsreader.txt")


def _newsreader(name: str, place: dict[str, float]) -> None:
    """Write one cut of Newsreader: a place on its axes, in Latin and extended Latin together."""
    with TemporaryDirectory() as here:
        parts = []
        for script in ("latin", "latin-ext"):
            path = PAGES / f"@fontsource-variable/newsreader/files/newsreader-{script}-opsz-normal.woff2"
            font = TTFont(path, recalcTimestamp=False)
            instantiateVariableFont(font, place, inplace=True)
            for table in ("GSUB", "GPOS", "GDEF", "STAT"):
                if table in font and (script != "latin" or table == "STAT"):
                    del font[table]
            font.flavor = None
            parts.append(f"{here}/{script}.ttf")
            font.save(parts[-1])
        merged = Merger().merge(parts)
    weight = int(place["wght"])
    merged["OS/2"].usWeightClass = weight
    words = {
        1: "Newsreader",
        2: "Regular",
        4: name.replace("-", " "),
        6: name,
        16: "Newsreader",
        17: name.split("-")[1],
    }
    table = merged["name"]
    table.names = [one for one in table.names if one.nameID in (0, 13, 14)]
    for number, text in words.items():
        table.setName(text, number, 3, 1, 0x409)
    merged.recalcTimestamp = False
    merged["head"].created = merged["head"].modified = 0
    merged.save(OUT / f"{name}.ttf")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python scripts/make_fonts.py FOLDER   (see the text at the beginning of this file)")
    main(Path(sys.argv[1]))
