"""Draw the steps of how dry needling may work, as small animated SVG files.

python -m tools.draw_mechanism [--check]

Each scene is a file of its own with its animation inside, still when reduced motion is asked for;
how sure a step is shows in its frame: whole for known, long dashes for likely, short for contested,
dots for unknown.
"""

import sys
from pathlib import Path

from tautband.evidence.mechanism import Step, load_mechanism

FOLDER = Path(__file__).parents[1] / "src" / "tautband" / "clinic" / "static" / "evidence"
WIDTH, HEIGHT = 320, 180
DASHES = {"known": "", "likely": "14 6", "contested": "6 6", "unknown": "1 7"}
SKIN, FAT, MUSCLE, FIBRE, TAUT = "#e7b99c", "#f6e1b5", "#c9766b", "#b35f55", "#7f2f2b"
NEEDLE, BLOOD, SIGNAL, CALM = "#4a5b66", "#c62f3b", "#e08a00", "#2b7a78"

STYLE = """
.twitch{animation:twitch 3s infinite}
.needle{animation:needle 4s infinite}
.loosen{animation:loosen 5s infinite}
.flow{animation:flow 2.4s linear infinite}
.slow{animation:flow 6s linear infinite}
.signal{animation:signal 2.2s linear infinite}
.damp{animation:signal 4.4s linear infinite;opacity:.45}
.ache{animation:ache 4s infinite}
@keyframes twitch{0%,40%,60%,100%{transform:scaleY(1)}
46%{transform:scaleY(1.5)}52%{transform:scaleY(.8)}}
@keyframes needle{0%{transform:translateY(-46px)}40%,100%{transform:none}}
@keyframes loosen{0%,25%{stroke-width:9}70%,100%{stroke-width:4}}
@keyframes flow{from{transform:translateX(0)}to{transform:translateX(44px)}}
@keyframes signal{from{transform:translateX(0)}to{transform:translateX(-56px)}}
@keyframes ache{0%,100%{opacity:.25}50%{opacity:.75}}
@media (prefers-reduced-motion:reduce){*{animation:none!important}}
"""


def scene(step: Step) -> str:
    """One step as SVG text."""
    dash = DASHES[step.sureness]
    dashed = f' stroke-dasharray="{dash}" stroke-linecap="round"' if dash else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'role="img" aria-label="{step.title}">\n<style>{STYLE}</style>\n'
        f'<rect x="3" y="3" width="{WIDTH - 6}" height="{HEIGHT - 6}" rx="14" fill="#fffaf5" '
        f'stroke="{NEEDLE}" stroke-width="3"{dashed}/>\n'
        f'<clipPath id="c"><rect x="6" y="6" width="{WIDTH - 12}" height="{HEIGHT - 12}" rx="11"/>'
        f'</clipPath>\n<g clip-path="url(#c)">\n{_tissue()}\n{SCENES[step.scene]()}\n</g>\n</svg>\n'
    )


def _tissue() -> str:
    """Skin, fat and muscle in layers, with ordinary fibres."""
    fibres = "".join(
        f'<path d="M0 {y} C 80 {y - 5}, 240 {y + 5}, 320 {y}" stroke="{FIBRE}" '
        'stroke-width="3" fill="none"/>'
        for y in (88, 100, 132, 146, 160)
    )
    return (
        f'<rect y="34" width="320" height="14" fill="{SKIN}"/>'
        f'<rect y="48" width="320" height="24" fill="{FAT}"/>'
        f'<rect y="72" width="320" height="110" fill="{MUSCLE}"/>{fibres}'
    )


def _band(kind: str = "", width: int = 9) -> str:
    shape = 'd="M0 116 C 80 112, 240 120, 320 116"'
    middle = 'style="transform-origin:160px 116px"'
    return (
        f'<g class="{kind if kind == "twitch" else ""}" {middle}>'
        f'<path {shape} stroke="{TAUT}" stroke-width="{width}" fill="none" '
        f'class="{kind if kind == "loosen" else ""}"/>'
        f'<ellipse cx="160" cy="116" rx="17" ry="{width + 1}" fill="{TAUT}"/></g>'
    )


def _needle(moving: bool = False) -> str:
    cls = ' class="needle"' if moving else ""
    return (
        f'<g{cls}><line x1="160" y1="24" x2="160" y2="114" stroke="{NEEDLE}" stroke-width="2.5"/>'
        f'<rect x="155" y="8" width="10" height="26" rx="4" fill="{NEEDLE}"/></g>'
    )


def _dots(kind: str, colour: str, y: int, first: int, last: int) -> str:
    dots = "".join(
        f'<circle cx="{x}" cy="{y}" r="4.5" fill="{colour}"/>' for x in range(first, last, 44)
    )
    return f'<g class="{kind}">{dots}</g>'


def _spot() -> str:
    return (
        _band() + f'<circle class="ache" cx="160" cy="116" r="26" fill="none" stroke="{SIGNAL}" '
        'stroke-width="5" opacity=".6"/>'
    )


def _vessel(kind: str) -> str:
    return '<rect x="0" y="121" width="320" height="16" fill="#8f2d2f" opacity=".55"/>' + _dots(
        kind, BLOOD, 129, -30, 330
    )


def _nerve() -> str:
    return (
        f'<path d="M160 116 C 120 100, 90 70, 20 66" stroke="{SIGNAL}" stroke-width="4" '
        'fill="none" opacity=".55"/>'
        f'<circle cx="24" cy="66" r="15" fill="{CALM}"/>'
        f'<path d="M17 66 h14 M24 59 v14" stroke="#fff" stroke-width="3" class="ache"/>'
        + _dots("damp", SIGNAL, 84, 90, 170)
    )


def _sore() -> str:
    return (
        _band(width=5)
        + f'<circle class="ache" cx="160" cy="112" r="34" fill="{SIGNAL}" opacity=".35"/>'
        + f'<circle cx="160" cy="41" r="5" fill="{BLOOD}" opacity=".7"/>'
    )


SCENES = {
    "band": _spot,
    "needle": lambda: _band() + _needle(moving=True),
    "twitch": lambda: _band("twitch") + _needle(),
    "release": lambda: _band("loosen", 5) + _needle(),
    "flow": lambda: _band(width=6) + _vessel("flow") + _needle(),
    "signal": lambda: _band(width=6) + _nerve() + _needle(),
    "soreness": _sore,
}


def current() -> dict[str, str]:
    """File names with the text that each should hold."""
    return {f"{step.id}.svg": scene(step) for step in load_mechanism().steps}


def main() -> None:
    """Write all scenes, or check that they are current."""
    if "--check" in sys.argv[1:]:
        stale = [n for n, text in current().items() if (FOLDER / n).read_text("utf-8") != text]
        if stale:
            sys.exit(f"not current: {', '.join(stale)}; run python -m tools.draw_mechanism")
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in current().items():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
