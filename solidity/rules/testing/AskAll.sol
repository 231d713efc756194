// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IAccessRule} from "../../interfaces/IAccessRule.sol";
import {NativeTwin} from "../NativeTwin.sol";

/// @title Asks a twin of the native rules many questions in one call, for the comparison
contract AskAll {
    /// @notice What the twin says to each request: the effect in the highest bit pair of a byte pair, then the index; and whether `admits` agrees with it.
    function ask(NativeTwin twin, IAccessRule.AccessRequest[] calldata requests) external view returns (uint16[] memory said) {
        said = new uint16[](requests.length);
        for (uint256 i = 0; i < requests.length; i++) {
            (uint8 effect, uint256 index) = twin.verdict(requests[i]);
            require(twin.admits(requests[i]) == (effect == 2), "admits differs from verdict");
            said[i] = uint16(effect) << 14 | uint16(index);
        }
    }
}
