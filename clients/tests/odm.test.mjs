// odmlib, an independent reader of ODM in Python, reads what `theriac odm convert` writes.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { run } from "./children.mjs";

const python = process.env.THERIAC_PYTHON;
const skip = python === undefined && process.env.CI !== "true" && "THERIAC_PYTHON names no Python that has odmlib";
const script = fileURLToPath(new URL("odm_reader.py", import.meta.url));

const EXPORT = `<?xml version="1.0" encoding="UTF-8"?>
<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" FileType="Snapshot" FileOID="F.1" CreationDateTime="2026-11-30T10:00:00Z" ODMVersion="1.3.2">
  <Study OID="S.1"><GlobalVariables><StudyName>Study</StudyName><StudyDescription>A study</StudyDescription><ProtocolName>P-1</ProtocolName></GlobalVariables>
    <MetaDataVersion OID="V.1" Name="First">
      <Protocol><StudyEventRef StudyEventOID="SE.1" OrderNumber="1" Mandatory="Yes"/></Protocol>
      <StudyEventDef OID="SE.1" Name="Visit" Repeating="No" Type="Scheduled"><FormRef FormOID="F.DM" Mandatory="Yes"/></StudyEventDef>
      <FormDef OID="F.DM" Name="Demography" Repeating="No"><ItemGroupRef ItemGroupOID="IG.DM" Mandatory="Yes"/></FormDef>
      <ItemGroupDef OID="IG.DM" Name="Demography" Repeating="No"><ItemRef ItemOID="IT.SEX" Mandatory="Yes"/><ItemRef ItemOID="IT.AGE" Mandatory="No"/></ItemGroupDef>
      <ItemDef OID="IT.SEX" Name="Sex" DataType="text" Length="1"><CodeListRef CodeListOID="CL.SEX"/></ItemDef>
      <ItemDef OID="IT.AGE" Name="Age" DataType="integer"/>
      <CodeList OID="CL.SEX" Name="Sex" DataType="text"><CodeListItem CodedValue="F"><Decode><TranslatedText xml:lang="en">Female</TranslatedText></Decode></CodeListItem></CodeList>
    </MetaDataVersion></Study>
  <ClinicalData StudyOID="S.1" MetaDataVersionOID="V.1"><SubjectData SubjectKey="001"><StudyEventData StudyEventOID="SE.1"><FormData FormOID="F.DM"><ItemGroupData ItemGroupOID="IG.DM">
    <ItemData ItemOID="IT.SEX" Value="F"/><ItemData ItemOID="IT.AGE" Value="42"/></ItemGroupData></FormData></StudyEventData></SubjectData></ClinicalData>
</ODM>
`;

async function theriac(...words) {
  const { code, stderr } = await run(process.env.THERIAC_BIN, ["odm", ...words], { timeoutMs: 60_000 });
  assert.equal(code, 0, stderr);
}

async function read(version, file) {
  const { code, stdout, stderr } = await run(python, [script, version, file], { timeoutMs: 60_000 });
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

test("odmlib reads ODM 2.0 and 1.3.2 that theriac wrote", { skip, timeout: 180_000 }, async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "theriac-odm-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name) => join(folder, name);
  writeFileSync(file("export.xml"), EXPORT);
  await theriac("convert", file("export.xml"), "--to", "odm-2.0", "--out", file("two.xml"));
  await theriac("convert", file("two.xml"), "--to", "odm-1.3.2", "--out", file("one.xml"));
  const one = await read("1.3.2", file("one.xml"));
  assert.deepEqual(one.items, [["IT.SEX", "F"], ["IT.AGE", "42"]]);
  assert.deepEqual(one.groups, [["IG.DM", ["IT.SEX", "IT.AGE"]]]);
  const two = await read("2.0", file("two.xml"));
  assert.deepEqual(two.groups, [["F.DM", []], ["IG.DM", ["IT.SEX", "IT.AGE"]]]);
  for (const found of [two, one]) {
    assert.equal(found.file, "F.1");
    assert.deepEqual(found.definitions, ["IT.SEX", "IT.AGE"]);
    assert.deepEqual(found.lists, ["CL.SEX"]);
  }
});
