def test_a_rule_that_no_mechanism_uses_is_refused_with_the_nearest_name() -> None:
    from ipsim.engine.mechanisms import check_names
    from ipsim.mechanisms.quarter import QUARTER

    check_names(["best_effort"], QUARTER)
    with pytest.raises(KeyError, match="did you mean 'best_effort'"):
        check_names(["best_efort"], QUARTER)
