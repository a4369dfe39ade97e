"""Levers of the policy system that the model does not have yet."""

from __future__ import annotations

from typing import Final

_WAVE_2 = {
    "policy.management.integrated_office": "M01",
    "policy.management.quality_weight": "M02",
    "policy.management.awards": "M03",
    "policy.management.navigation": "M04",
    "policy.management.startup_support": "M05",
    "policy.management.service_vouchers": "M06",
    "policy.management.service_coverage": "M07",
    "policy.management.policy_integration": "M08",
    "policy.management.business_reform": "M48",
    "policy.protection.key_fields": "M10",
    "policy.protection.coordination": "M11",
    "policy.protection.overseas_assistance": "M13",
    "policy.protection.technical_experts": "M15",
    "policy.protection.credit_punishment": "M16",
    "policy.protection.capability_support": "M19",
    "policy.utilisation.securitisation": "M21",
    "policy.utilisation.insurance_subsidy": "M22",
    "policy.utilisation.ip_bank": "M23",
    "policy.utilisation.industry_navigation": "M24",
    "policy.utilisation.alliances": "M25",
    "policy.utilisation.trading_centre": "M26",
    "policy.utilisation.operation_fund": "M28",
    "policy.quality.training": "M33",
    "policy.quality.management_standard": "M34",
    "policy.quality.cultivation_centres": "M35",
    "policy.quality.cluster_programme": "M36",
    "policy.quality.standards": "M37",
    "policy.quality.green_priority": "M38",
    "policy.environment.talent": "M39",
    "policy.environment.culture": "M40",
    "policy.environment.foreign_cooperation": "M41",
}

WAITING: Final[dict[str, tuple[str, int]]] = {
    **{key: (mechanism, 2) for key, mechanism in _WAVE_2.items()},
    "national.assessment": ("M42", 3),
}
"""Mechanism and wave of each lever that is still to come."""


def waiting_message(key: str) -> str | None:
    """Return what to say about ``key`` if it is a lever, or a group, still to come."""
    for waiting, (mechanism, wave) in WAITING.items():
        if key == waiting:
            return (
                f"known in the policy system ({mechanism}), "
                f"not yet in the model (wave {wave}); take it out for now"
            )
    return None


def is_waiting_group(key: str) -> bool:
    """Return whether levers still to come lie below ``key``, such as ``policy.management``."""
    return any(waiting.startswith(f"{key}.") for waiting in WAITING)
