"""The addresses under /atlas/."""

from functools import lru_cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from tautband.atlas.names import find_muscle
from tautband.atlas.portrait import portrait_webp, shown_muscle, shown_regions
from tautband.atlas.presentations import find_presentation, read_presentations
from tautband.atlas.targets import Target, read_not_now, read_targets
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.clinic.atlas_pages import listing, trained
from tautband.clinic.atlas_pages.presentation import by_area, presentation_page
from tautband.clinic.atlas_pages.record import record_page, target_page
from tautband.clinic.atlas_pages.rules import rules_page
from tautband.clinic.atlas_pages.statements import LEGEND
from tautband.clinic.boundary import is_from_us
from tautband.reasoning.knowledge import load_knowledge

# Height in pixels of a picture in the list and on a record's page, and how many sides it shows.
THUMB, POSTER = 88, 420
_SIDES_SHOWN = {THUMB: 1, POSTER: 2}
_KEPT_PICTURES = 600
_A_YEAR_S = 31_536_000


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list, or what `?q=` and `?area=` leave of it."""
    atlas = load_knowledge().atlas
    query = " ".join(request.GET.get("q", "").split())
    shared = {"page": "atlas", "thumb": THUMB, "version": atlas.version,
              "total": len(atlas.muscles), "query": query}  # fmt: skip
    try:
        area = listing.area_of(request.GET.get("area", ""))
        found = listing.search(atlas, query) if query else None
    except InputError as error:
        content = {**shared, "query": "", "problem": error}
        return render(request, "atlas/index.html", content, status=400)
    shelves = listing.shelved(found.records if found else listing.everything(atlas))
    shown = [shelf for shelf in shelves if area in ("", shelf.area)]
    content = {
        **shared,
        "found": found,
        "cards": listing.ranked(found, area) if found else (),
        "shelves": () if found else shown,
        "count": sum(len(shelf.cards) for shelf in shown),
        "areas": [(shelf.slug, len(shelf.cards)) for shelf in shelves],
        "area": listing.slug(area),
    }
    return render(request, "atlas/index.html", content)


@require_safe
def record(request: HttpRequest, name: str) -> HttpResponse:
    """One record; another name of a muscle leads here, an unknown one to those that are close."""
    atlas = load_knowledge().atlas
    if name in read_targets():
        return _target(request, read_targets()[name])
    try:
        muscle = find_muscle(name[:80].replace("-", "_"), atlas.muscles)
    except InputError as error:
        close = [atlas.muscles[one] for one in error.suggestions]
        return render(request, "atlas/unknown.html", {"page": "atlas", "close": close}, status=404)
    if muscle.id != name:
        return HttpResponseRedirect(reverse("record", args=[muscle.id]))
    side = Side.LEFT if request.GET.get("side") == "left" else Side.RIGHT
    content = {
        "it": record_page(atlas, muscle, side, trained.is_trained(request)),
        "record": muscle,
        "side": str(side),
        "sides": [str(Side.RIGHT), str(Side.LEFT)],
        "area": listing.slug(muscle.area),
    }
    return _page(request, "atlas/record.html", content)


def _target(request: HttpRequest, target: Target) -> HttpResponse:
    page = target_page(load_knowledge().atlas, target, trained.is_trained(request))
    return _page(request, "atlas/target.html", {"it": page, "record": target, "side": "right"})


def _page(request: HttpRequest, template: str, content: dict[str, Any]) -> HttpResponse:
    """A record's page; what it shows depends on whether its reader is trained."""
    version = load_knowledge().atlas.version
    shared = {"page": "atlas", "legend": LEGEND, "poster": POSTER, "version": version}
    response = render(request, template, {**shared, **content})
    patch_vary_headers(response, ["Cookie"])
    return response


@require_safe
def not_now(request: HttpRequest) -> HttpResponse:
    """What is not needled while an injury is fresh."""
    rules, cites = rules_page(read_not_now().values())
    content = {"rules": rules, "cites": cites, "legend": LEGEND, "page": "atlas",
               "version": load_knowledge().atlas.version}  # fmt: skip
    return render(request, "atlas/not_now.html", content)


@require_safe
def presentations(request: HttpRequest) -> HttpResponse:
    """All presentations by area."""
    content = {"page": "atlas", "areas": by_area()}
    return render(request, "atlas/presentations.html", content)


@require_safe
def presentation(request: HttpRequest, name: str) -> HttpResponse:
    """One presentation; another of its names leads here, an unknown one to those that are close."""
    known = read_presentations()
    try:
        found = find_presentation(name[:120].replace("-", " ") if name not in known else name)
    except InputError as error:
        close = [known[one] for one in error.suggestions if one in known]
        content = {"page": "atlas", "close": close, "presentations": True}
        return render(request, "atlas/unknown.html", content, status=404)
    if found.id != name:
        return HttpResponseRedirect(reverse("presentation", args=[found.id]))
    atlas = load_knowledge().atlas
    content = {
        "page": "atlas",
        "it": presentation_page(atlas, found),
        "record": found,
        "legend": LEGEND,
        "version": atlas.version,
    }
    return render(request, "atlas/presentation.html", content)


@require_safe
def picture(request: HttpRequest, name: str, side: str, height: int) -> HttpResponse:
    """A record's picture; its address carries the atlas's version, so it may be kept for ever."""
    atlas = load_knowledge().atlas
    if height not in _SIDES_SHOWN or side not in ("left", "right") or not _is_pictured(name):
        raise Http404
    response = HttpResponse(_drawn(name, side, height), content_type="image/webp")
    if request.GET.get("v") == atlas.version:
        response["Cache-Control"] = f"public, max-age={_A_YEAR_S}, immutable"
    return response


@csrf_exempt  # Nothing of a visitor's is at stake, and a request of another site is refused below.
@require_POST
def acknowledge(request: HttpRequest) -> HttpResponse:
    """Note, or take back, that a trained professional reads; then back to the record."""
    if not is_from_us(request):
        raise PermissionDenied
    name = request.POST.get("record", "")
    if name not in load_knowledge().atlas.muscles and name not in read_targets():
        raise Http404
    side = "?side=left" if request.POST.get("side") == "left" else ""
    response = HttpResponse(status=303)
    response["Location"] = f"{reverse('record', args=[name])}{side}#needling"
    if request.POST.get("trained") == "yes":
        trained.remember(request, response)
    else:
        trained.forget(response)
    return response


def _is_pictured(name: str) -> bool:
    target = read_targets().get(name)
    return name in load_knowledge().atlas.muscles or bool(target and target.regions)


@lru_cache(maxsize=_KEPT_PICTURES)
def _drawn(name: str, side: str, height: int) -> bytes:
    atlas = load_knowledge().atlas
    if name in atlas.muscles:
        shown = shown_muscle(atlas, atlas.unit[f"{name}:{side}"])
    else:
        shown = shown_regions(atlas.table, read_targets()[name].regions, Side(side))
    return portrait_webp(atlas.table.surface, shown, height, _SIDES_SHOWN[height])
