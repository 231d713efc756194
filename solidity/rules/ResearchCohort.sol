// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IAccessRule} from "../interfaces/IAccessRule.sol";

/// @title The researchers of one study, each approved by k of n data stewards
/// @notice Admits a researcher of the study's organisation, for HRESCH, to the kinds of record that the ethics committee approved, while her approval by enough
/// stewards stands and the ethics approval has not ended. Stewards approve and take back as they see fit, so whom this contract admits changes after it is made.
contract ResearchCohort is IAccessRule {
    uint8 private constant RESEARCHER = 6;
    uint8 private constant HRESCH = 6;
    uint256 private constant MAX_STEWARDS = 32;

    /// @notice What the ethics committee approved.
    struct Study {
        /// Hash of the committee's approval, by which anyone who has the document recognises it.
        bytes32 ethicsApproval;
        /// The organisation that does the research.
        uint32 organisation;
        /// Bit mask of the kinds of record that may be read.
        uint32 kinds;
        /// Unix seconds at which the approval ends.
        uint64 until;
        /// How many stewards must approve a researcher.
        uint8 threshold;
    }

    bytes32 public immutable ethicsApproval;
    uint32 public immutable organisation;
    uint32 public immutable kinds;
    uint64 public immutable until;
    uint8 public immutable threshold;

    /// @notice Whether an account is a steward. Written by the constructor only.
    mapping(address => bool) public isSteward;
    /// @notice Whether a steward approves a researcher now.
    mapping(address => mapping(address => bool)) public approves;
    /// @notice How many stewards approve a researcher now.
    mapping(address => uint8) public approvals;

    event Approved(address indexed researcher, address indexed steward, uint8 approvals);
    event ApprovalTakenBack(address indexed researcher, address indexed steward, uint8 approvals);

    /// @notice The study has no ethics approval, no kinds, or a threshold that its stewards cannot reach.
    error StudyMalformed();
    /// @notice A steward is named twice.
    error StewardTwice();
    /// @notice The caller is not a steward.
    error NotASteward();
    /// @notice The steward's approval is already so.
    error NothingChanges();

    constructor(Study memory study, address[] memory stewards) {
        bool reachable = study.threshold != 0 && study.threshold <= stewards.length && stewards.length <= MAX_STEWARDS;
        if (!reachable || study.ethicsApproval == 0 || study.kinds == 0) revert StudyMalformed();
        ethicsApproval = study.ethicsApproval;
        organisation = study.organisation;
        kinds = study.kinds;
        until = study.until;
        threshold = study.threshold;
        for (uint256 i = 0; i < stewards.length; i++) {
            if (isSteward[stewards[i]]) revert StewardTwice();
            isSteward[stewards[i]] = true;
        }
    }

    /// @notice A steward approves a researcher.
    function approve(address researcher) external {
        emit Approved(researcher, msg.sender, change(researcher, true));
    }

    /// @notice A steward takes her approval back.
    function takeBack(address researcher) external {
        emit ApprovalTakenBack(researcher, msg.sender, change(researcher, false));
    }

    function change(address researcher, bool approved) private returns (uint8 count) {
        if (!isSteward[msg.sender]) revert NotASteward();
        if (approves[researcher][msg.sender] == approved) revert NothingChanges();
        approves[researcher][msg.sender] = approved;
        count = approved ? approvals[researcher] + 1 : approvals[researcher] - 1;
        approvals[researcher] = count;
    }

    /// @inheritdoc IAccessRule
    function admits(AccessRequest calldata request) external view returns (bool) {
        return request.purpose == HRESCH && request.role == RESEARCHER && request.organisation == organisation
            && request.kinds & ~kinds == 0 && request.time < until && approvals[request.requester] >= threshold;
    }
}
