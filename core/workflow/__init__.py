"""Plan, proposal, decision, push, verification: the rules of review, without any IO."""
