"""An account in words: the effect, what each lever brought, what came through what, what is joint."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ipsim.report.explanation.amounts import Amounts, amounts_of, share_text
from ipsim.report.explanation.names import lever_name, mechanism_name, within
from ipsim.report.numbers import figure
from ipsim.report.phrases import language, phrase
from ipsim.study.explain import Account, Part

_LITTLE, _SURELY_LITTLE = 0.05, 0.15
"""A joint part is called little below this share of the effect, when its interval ends within the second."""

_NEARLY_ALL, _TURNED = 0.9, 1.2
"""From the first share on hardly anything is left of the effect, from the second on it turns round."""

_MOST_UNSURE = 3
"""So many parts that are not sure are named; more are counted."""

_NONE = 0.02
"""A part below this share of the effect is not named."""


def sentences(account: Account, lang: str) -> list[str]:
    """Return an account in words: effect, levers, pathways, the rest; one that is not sure is not divided."""
    lang = language(lang)
    amounts = amounts_of(account, lang)
    first = _effect(account, amounts)
    if not account.is_sure:
        return [first, *_opposed(account, amounts)]
    gap = "" if lang == "zh" else " "
    parts = [_levers(account, amounts), _pathways(account, lang)]
    said = [first, *(gap.join(lines) for lines in parts if lines)]
    said += [
        _say(name, lang, share=share_text(float(part.share.mean), lang), amount=_amount(part, amounts))
        for name, part in (("left", account.left), ("outside", account.outside))
        if bool(part.share.sure) and abs(part.share.mean) >= _NONE
    ]
    return said


def _effect(account: Account, amounts: Amounts) -> str:
    values = {
        "base": amounts.plain(account.base),
        "alternative": amounts.plain(account.alternative),
        "unit": amounts.unit,
        "difference": amounts.signed(float(account.effect.mean)),
        "points": amounts.points,
    }
    lang = amounts.lang
    if account.pairs == 0:
        return _say("effect_absent", lang)
    if account.is_nothing:
        return _say("effect_nothing", lang, base=values["base"], unit=amounts.unit)
    if account.pairs == 1:
        return _say("effect_one_pair", lang, **values)
    ends = {
        "low": amounts.signed(float(account.effect.low)),
        "high": amounts.signed(float(account.effect.high)),
    }
    if account.is_sure:
        return _say("effect", lang, **values, **ends)
    pairs = phrase("contrast.pairs_many", lang, n=account.pairs)
    return _say("effect_unsure", lang, **values, **ends, pairs=pairs)


def _opposed(account: Account, amounts: Amounts) -> list[str]:
    """Say which levers cancel in an effect that is not sure: that both sides are sure is no accident."""
    lang = amounts.lang
    sides: dict[bool, list[str]] = {True: [], False: []}
    for part in by_size(account.levers):
        if bool(part.amount.sure):
            low, high = amounts.signed(float(part.amount.low)), amounts.signed(float(part.amount.high))
            values = {"name": within(lever_name(part.name, lang)), "amount": _amount(part, amounts)}
            item = _say("opposed_item", lang, **values, low=low, high=high)
            sides[bool(part.amount.mean > 0)].append(item)
    if not (sides[True] and sides[False]):
        return []
    between = phrase("explanation.comma", lang)
    return [_say("opposed", lang, up=between.join(sides[True]), down=between.join(sides[False]))]


def _levers(account: Account, amounts: Amounts) -> list[str]:
    lang = amounts.lang
    if len(account.levers) == 1:
        return [_say("lever_one", lang, name=within(lever_name(account.levers[0].name, lang)))]
    sure = [part for part in by_size(account.levers) if _counts(part)]
    with_it = [_lever(part, amounts) for part in sure if part.share.mean > 0]
    against = [
        _say(
            "lever_against",
            lang,
            name=within(lever_name(part.name, lang)),
            amount=_amount(part, amounts),
            share=share_text(-float(part.share.mean), lang),
        )
        for part in sure
        if part.share.mean < 0
    ]
    unsure = [within(lever_name(part.name, lang)) for part in by_size(account.levers) if _is_unsure(part)]
    return _listed("levers", {"levers": with_it, "levers_against": against}, unsure, lang)


def _lever(part: Part, amounts: Amounts) -> str:
    lang = amounts.lang
    high = share_text(float(part.share.high), lang)
    low = share_text(float(part.share.low), lang) if lang == "zh" else figure(100 * float(part.share.low))
    return _say(
        "lever_item",
        lang,
        name=within(lever_name(part.name, lang)),
        share=share_text(float(part.share.mean), lang),
        amount=_amount(part, amounts),
        low=low,
        high=high,
    )


def _pathways(account: Account, lang: str) -> list[str]:
    parts = by_size(account.pathways)
    if not parts:
        return []
    if len(parts) == 1:
        return [_say("path_one", lang, name=_mechanism(parts[0], lang))]
    sure = [part for part in parts if _counts(part)]
    lost = [part for part in sure if part.share.mean > 0]
    listed = [_lost(part, part is lost[0], lang) for part in lost]
    listed += [
        _say(
            "path_against",
            lang,
            name=_mechanism(part, lang),
            share=share_text(-float(part.share.mean), lang),
        )
        for part in sure
        if part.share.mean < 0
    ]
    unsure = [_mechanism(part, lang) for part in parts if _is_unsure(part)]
    return [*_listed("paths", {"paths": listed}, unsure, lang), *_joint(account, sure, lang)]


def _lost(part: Part, is_first: bool, lang: str) -> str:
    values = {"name": _mechanism(part, lang), "share": share_text(float(part.share.mean), lang)}
    if part.share.low > 1 and part.share.mean > _TURNED:
        return _say("path_turned", lang, **values)
    if part.share.mean >= _NEARLY_ALL:
        return _say("path_all", lang, **values)
    return _say("path_lost" if is_first else "path_lost_next", lang, **values)


def _joint(account: Account, sure: Sequence[Part], lang: str) -> list[str]:
    """Say what the shares of the pathways add up to, where there are several."""
    if len(sure) < 2:
        return []
    share = account.joint.share
    if abs(share.mean) < _LITTLE and max(-share.low, share.high) < _SURELY_LITTLE:
        return [_say("joint_none", lang)]
    total = share_text(sum(float(part.share.mean) for part in account.pathways), lang)
    if not bool(share.sure):
        return [_say("joint_unsure", lang, sum=total)]
    if any(part.share.mean < -_LITTLE for part in sure):
        return [_say("joint_mixed", lang, sum=total)]
    return [_say("joint_more" if share.mean < 0 else "joint_less", lang, sum=total)]


def _listed(kind: str, lists: dict[str, list[str]], unsure: list[str], lang: str) -> list[str]:
    """Say lists of parts that are sure, then which are not."""
    between, comma = phrase("explanation.between", lang), phrase("explanation.comma", lang)
    said = [_say(name, lang, list=between.join(items)) for name, items in lists.items() if items]
    if not said:
        return [_say(f"{kind}_none", lang)]
    if len(unsure) > _MOST_UNSURE:
        return [*said, _say(f"{kind}_unsure_many", lang, n=len(unsure))]
    return [*said, _say(f"{kind}_unsure", lang, list=comma.join(unsure))] if unsure else said


def by_size(parts: Sequence[Part]) -> list[Part]:
    """Return parts from the largest to the smallest, whatever their sign."""
    return sorted(parts, key=_size)


def _size(part: Part) -> float:
    size = abs(float(part.amount.mean))
    return 0.0 if math.isnan(size) else -size


def _counts(part: Part) -> bool:
    return bool(part.share.sure) and abs(float(part.share.mean)) >= _NONE


def _is_unsure(part: Part) -> bool:
    """Return whether a part differs from nought in some pair, but can't be told from it."""
    is_zero = part.amount.low == part.amount.high == 0
    return not bool(part.share.sure) and not is_zero


def _amount(part: Part, amounts: Amounts) -> str:
    return amounts.signed(float(part.amount.mean))


def _mechanism(part: Part, lang: str) -> str:
    return within(mechanism_name(part.name, lang))


def _say(key: str, lang: str, **values: object) -> str:
    return phrase(f"explanation.{key}", lang, **values)
