"""Names of places: the evidence writes them in English, planners in Chinese."""

from __future__ import annotations

_CHINESE = {
    "全国": "China",
    "中国": "China",
    "金华": "Jinhua",
    "厦门": "Xiamen",
    "宁波": "Ningbo",
    "杭州": "Hangzhou",
    "温州": "Wenzhou",
    "南京": "Nanjing",
    "苏州": "Suzhou",
    "青岛": "Qingdao",
    "济南": "Jinan",
    "东营": "Dongying",
    "武汉": "Wuhan",
    "成都": "Chengdu",
    "深圳": "Shenzhen",
    "广州": "Guangzhou",
    "中山": "Zhongshan",
    "珠海": "Zhuhai",
    "大连": "Dalian",
    "西安": "Xi'an",
    "浙江": "Zhejiang (province)",
    "福建": "Fujian (province)",
    "广东": "Guangdong (province)",
    "江苏": "Jiangsu (province)",
}


def english(place: str) -> str:
    """Return a place as the evidence names it: ``金华市`` is ``Jinhua``; others as they are."""
    name = place.strip()
    short = name.removesuffix("市").removesuffix("省")
    return _CHINESE.get(short, name)


def chinese(place: str) -> str | None:
    """Return the Chinese name of a place that the evidence knows: ``Ningbo`` is ``宁波``; None for others."""
    wanted = english(place).casefold()
    return next((name for name, known in _CHINESE.items() if known.casefold() == wanted), None)


def same_place(one: str, other: str) -> bool:
    """Tell whether two names are the same place, in any case and either language."""
    return english(one).casefold() == english(other).casefold()
