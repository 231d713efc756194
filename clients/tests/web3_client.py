"""web3.py, unmodified, over HTTP. Prints one JSON line for each test; web3.test.mjs turns each into a test of its own."""

import json
import os
import sys
import unittest

from eth_account import Account
from web3 import Web3
from web3.exceptions import ContractCustomError, ContractLogicError

WEB3 = Web3(Web3.HTTPProvider(os.environ["WEB3_RPC"]))
SIGNER = Account.from_key(os.environ["WEB3_PRIVATE_KEY"])
CHAIN_ID = int(os.environ["THERIAC_CHAIN_ID"])
with open(os.environ["WEB3_CONTRACT"], encoding="utf-8") as file:
    COMPILED = json.load(file)


def send(transaction):
    """Signs and sends a transaction, checks its hash, and returns its receipt."""
    transaction = {"from": SIGNER.address, "nonce": WEB3.eth.get_transaction_count(SIGNER.address), **transaction}
    if "gas" not in transaction:
        transaction["gas"] = WEB3.eth.estimate_gas(transaction)
    signed = SIGNER.sign_transaction({key: value for key, value in transaction.items() if key != "from"})
    sent = WEB3.eth.send_raw_transaction(signed.raw_transaction)
    assert sent == signed.hash == Web3.keccak(signed.raw_transaction)
    assert Account.recover_transaction(signed.raw_transaction) == SIGNER.address
    receipt = WEB3.eth.wait_for_transaction_receipt(sent, timeout=30, poll_latency=0.05)
    assert WEB3.eth.get_transaction(sent)["from"] == SIGNER.address
    return receipt


def fees():
    """The fees that the node names, as `build_transaction` takes them."""
    tip = WEB3.eth.max_priority_fee
    base = WEB3.eth.get_block("latest")["baseFeePerGas"]
    return {"type": 2, "maxPriorityFeePerGas": tip, "maxFeePerGas": 2 * base + tip, "chainId": CHAIN_ID}


class Web3Client(unittest.TestCase):
    """One enrolled account deploys a contract and drives it."""

    @classmethod
    def setUpClass(cls):
        factory = WEB3.eth.contract(abi=COMPILED["abi"], bytecode=COMPILED["bytecode"])
        receipt = send(factory.constructor("visits by web3").build_transaction({"from": SIGNER.address}))
        assert receipt["status"] == 1
        cls.contract = WEB3.eth.contract(address=receipt["contractAddress"], abi=COMPILED["abi"])

    def opened(self, note, fields):
        call = {"to": self.contract.address, "data": self.contract.encode_abi("open", [note]), "value": 0, **fields}
        count = self.contract.functions.count().call()
        receipt = send(call)
        self.assertEqual(receipt["status"], 1)
        self.assertEqual(receipt["type"], fields.get("type", 0))
        [event] = self.contract.events.Opened().process_receipt(receipt)
        self.assertEqual(dict(event["args"]), {"visit": count, "author": SIGNER.address, "note": note})
        block = receipt["blockNumber"]
        logs = self.contract.events.Opened().get_logs(from_block=block, to_block=block)
        self.assertEqual([log["transactionHash"] for log in logs], [receipt["transactionHash"]])

    def test_web3_reads_the_code_and_the_storage_of_the_contract_it_deployed(self):
        self.assertEqual(WEB3.eth.chain_id, CHAIN_ID)
        self.assertEqual(Web3.to_hex(WEB3.eth.get_code(self.contract.address)), COMPILED["deployedBytecode"])
        self.assertEqual(self.contract.functions.name().call(), "visits by web3")
        self.assertEqual(int.from_bytes(WEB3.eth.get_storage_at(self.contract.address, 7), "big"), 0)

    def test_web3_sends_type_0_and_reads_its_receipt_and_log(self):
        self.opened(b"\x00" * 31 + b"\x01", {"gasPrice": WEB3.eth.gas_price, "chainId": CHAIN_ID})

    def test_web3_sends_type_1_and_reads_its_receipt_and_log(self):
        access = [{"address": self.contract.address, "storageKeys": ["0x" + "00" * 31 + "01"]}]
        fields = {"type": 1, "gasPrice": WEB3.eth.gas_price, "accessList": access, "chainId": CHAIN_ID}
        self.opened(b"\x00" * 31 + b"\x02", fields)

    def test_web3_sends_type_2_and_reads_its_receipt_and_log(self):
        self.opened(b"\x00" * 31 + b"\x03", fees())

    def test_web3_sends_type_4_and_the_delegating_account_runs_the_code(self):
        authority = Account.create()
        unsigned = {"chainId": CHAIN_ID, "address": self.contract.address, "nonce": 0}
        authorization = authority.sign_authorization(unsigned)
        data = self.contract.encode_abi("open", [b"\x04" * 32])
        call = {"to": authority.address, "data": data, "value": 0, "gas": 500_000}
        receipt = send({**call, **fees(), "type": 4, "authorizationList": [authorization]})
        self.assertEqual((receipt["status"], receipt["type"]), (1, 4))
        self.assertEqual(self.contract.__class__(authority.address).functions.count().call(), 1)
        code = WEB3.eth.get_code(authority.address)
        self.assertEqual(bytes(code), bytes.fromhex("ef0100" + self.contract.address[2:]))

    def test_web3_decodes_the_custom_error_and_the_reason_of_a_refused_call(self):
        count = self.contract.functions.count().call()
        with self.assertRaises(ContractCustomError) as refused:
            self.contract.functions.close(count).call({"from": SIGNER.address})
        selector = Web3.keccak(text="UnknownVisit(uint256,uint256)")[:4]
        words = count.to_bytes(32, "big") * 2
        self.assertEqual(refused.exception.data, Web3.to_hex(selector + words))
        with self.assertRaisesRegex(ContractLogicError, "visit is still open"):
            self.contract.functions.erase(0).call()

    def test_web3_reads_the_receipt_of_a_transaction_that_reverted(self):
        data = self.contract.encode_abi("close", [10_000])
        receipt = send({"to": self.contract.address, "data": data, "value": 0, "gas": 200_000, **fees()})
        self.assertEqual((receipt["status"], list(receipt["logs"])), (0, []))

    def test_web3_finds_a_log_by_a_filter_of_the_node(self):
        watching = self.contract.events.Opened.create_filter(from_block="latest")
        watching.get_new_entries()
        call = {"to": self.contract.address, "data": self.contract.encode_abi("open", [b"\x05" * 32]), "value": 0}
        receipt = send({**call, **fees()})
        entries = watching.get_new_entries()
        self.assertIn(receipt["transactionHash"], [entry["transactionHash"] for entry in entries])
        self.assertTrue(WEB3.eth.uninstall_filter(watching.filter_id))


class JsonLines(unittest.TestResult):
    """Prints what became of each test."""

    @staticmethod
    def line(test, error=None):
        name = getattr(test, "_testMethodName", str(test)).removeprefix("test_").replace("_", " ")
        print(json.dumps({"name": name, "error": error}), flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.line(test)

    def addError(self, test, err):
        super().addError(test, err)
        self.line(test, self._exc_info_to_string(err, test))

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.line(test, self._exc_info_to_string(err, test))


if __name__ == "__main__":
    outcome = JsonLines()
    unittest.defaultTestLoader.loadTestsFromTestCase(Web3Client).run(outcome)
    sys.exit(0 if outcome.wasSuccessful() else 1)
