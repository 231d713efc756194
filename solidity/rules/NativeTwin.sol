// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IAccessRule} from "../interfaces/IAccessRule.sol";

/// @title The native rules, written in Solidity
/// @notice Says to a request what the rules of a chart in the native contract `access` would say to it: a denial wins wherever it stands, then the first permission,
/// and zero in a field matches everyone or everything. A test compares the two on random rules and requests. To be pointed at, it needs no native rules; its
/// controller changes what it says, so it has mutable storage.
contract NativeTwin is IAccessRule {
    uint8 private constant DENY = 1;
    uint8 private constant PERMIT = 2;

    /// @notice A rule as `IAccess.Rule`; `effect` 0 where one was removed.
    struct Rule {
        address who;
        uint32 organisation;
        uint32 kinds;
        uint8 effect;
        uint8 role;
        uint8 purpose;
        uint64 from;
        uint64 until;
    }

    /// @notice Who sets the rules.
    address public immutable controller;

    mapping(bytes32 => Rule[]) private rules;

    event RulesSet(bytes32 indexed chart, uint256 count);

    /// @notice The caller does not set the rules.
    error NotTheController();

    constructor() {
        controller = msg.sender;
    }

    /// @notice Set all rules of a chart at once.
    function setRules(bytes32 chart, Rule[] calldata all) external {
        if (msg.sender != controller) revert NotTheController();
        delete rules[chart];
        for (uint256 i = 0; i < all.length; i++) rules[chart].push(all[i]);
        emit RulesSet(chart, all.length);
    }

    /// @notice The rules of a chart.
    function rulesOf(bytes32 chart) external view returns (Rule[] memory) {
        return rules[chart];
    }

    /// @inheritdoc IAccessRule
    function admits(AccessRequest calldata request) external view returns (bool) {
        (uint8 effect,) = verdict(request);
        return effect == PERMIT;
    }

    /// @notice What the rules say: 1 deny, 2 permit, with the index of the rule that decides; 0 when none matches and the controller is asked.
    function verdict(AccessRequest calldata request) public view returns (uint8 effect, uint256 index) {
        Rule[] storage all = rules[request.chart];
        uint256 count = all.length;
        for (uint256 i = 0; i < count; i++) {
            Rule memory rule = all[i];
            if (!matches(rule, request)) continue;
            if (rule.effect == DENY) return (DENY, i);
            if (effect == 0) (effect, index) = (PERMIT, i);
        }
    }

    function matches(Rule memory rule, AccessRequest calldata request) private pure returns (bool) {
        return (rule.effect == DENY || rule.effect == PERMIT)
            && (rule.who == address(0) || rule.who == request.requester)
            && (rule.role == 0 || rule.role == request.role)
            && (rule.organisation == 0 || rule.organisation == request.organisation)
            && (rule.purpose == 0 || rule.purpose == request.purpose)
            && rule.from <= request.time
            && (rule.until == 0 || request.time < rule.until)
            && matchesKinds(rule, request.kinds);
    }

    /// A denial matches when any kind asked for is in it, a permission when all are.
    function matchesKinds(Rule memory rule, uint32 kinds) private pure returns (bool) {
        if (rule.kinds == 0) return true;
        if (rule.effect == DENY) return rule.kinds & kinds != 0;
        return rule.kinds & kinds == kinds;
    }
}
