//! The conditions that a charter must meet, in the order in which they are tried.

use std::collections::BTreeSet;

use super::{
    CHAIN_ID_MAX, Charter, CharterError, MAX_PARTICIPANTS, NAME_BYTES_MAX, Parameters,
    TURNS_IN_WINDOW, VERSION,
};

impl Charter {
    /// Whether this charter can found a network.
    ///
    /// # Errors
    /// The first [`CharterError`] in the order of their list.
    pub fn check(&self) -> Result<(), CharterError> {
        if self.version != VERSION {
            return Err(CharterError::Version(self.version));
        }
        if self.chain_id == 0 || self.chain_id > CHAIN_ID_MAX {
            return Err(CharterError::ChainId(self.chain_id));
        }
        if self.name.is_empty() || self.name.len() > NAME_BYTES_MAX {
            return Err(CharterError::Name(self.name.len()));
        }
        self.check_validators()?;
        self.check_organisations()?;
        self.check_epoch()?;
        self.parameters.check()?;
        self.members().check()?;
        Ok(())
    }

    fn check_validators(&self) -> Result<(), CharterError> {
        let count = self.validators.len();
        if count == 0 || count > MAX_PARTICIPANTS.get() as usize {
            return Err(CharterError::ValidatorCount(count));
        }
        for pair in self.validators.windows(2) {
            if pair[0].identity >= pair[1].identity {
                return Err(CharterError::ValidatorOrder(Box::new(
                    pair[1].identity.clone(),
                )));
            }
        }
        let mut addresses = BTreeSet::new();
        for address in self
            .validators
            .iter()
            .flat_map(|validator| [validator.p2p, validator.rpc])
        {
            if !addresses.insert(address) {
                return Err(CharterError::AddressTwice(address));
            }
        }
        Ok(())
    }

    fn check_organisations(&self) -> Result<(), CharterError> {
        for (expected, organisation) in (1..).zip(&self.organisations) {
            if organisation.id != expected {
                return Err(CharterError::OrganisationOrder {
                    expected,
                    got: organisation.id,
                });
            }
        }
        Ok(())
    }

    fn check_epoch(&self) -> Result<(), CharterError> {
        let expected = 2 * TURNS_IN_WINDOW * self.validators.len() as u64;
        let got = self.epoch_blocks.get();
        if got < expected {
            return Err(CharterError::EpochBlocks { expected, got });
        }
        Ok(())
    }
}

impl Parameters {
    fn check(&self) -> Result<(), CharterError> {
        let conditions = [
            (
                "blockGasLimit",
                self.block_gas_limit >= self.transaction_gas_cap,
            ),
            ("transactionGasCap", self.transaction_gas_cap > 0),
            ("transactionBytes", self.transaction_bytes > 0),
            ("blockTransactions", self.block_transactions > 0),
            ("blockBytes", self.block_bytes >= self.transaction_bytes),
            ("busyMs", self.busy_ms > 0),
            ("idleMs", self.idle_ms >= self.busy_ms),
            ("ruleGas", self.rule_gas < self.transaction_gas_cap),
        ];
        match conditions.iter().find(|(_, holds)| !holds) {
            Some((name, _)) => Err(CharterError::Parameter(name)),
            None => Ok(()),
        }
    }
}
