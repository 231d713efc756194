"""odmlib, unmodified, reads ODM that theriac wrote. Prints one JSON object of what it found."""

import json
import sys

import odmlib.loader as loader
import odmlib.odm_loader as odm_loader

PACKAGES = {"1.3.2": ("odm_1_3_2", "http://www.cdisc.org/ns/odm/v1.3"), "2.0": ("odm_2_0", "http://www.cdisc.org/ns/odm/v2.0")}


def items(odm):
    """The items of ODM 1.3.2: (OID, value). odmlib has no model of clinical data for 2.0."""
    for data in getattr(odm, "ClinicalData", None) or []:
        for subject in data.SubjectData:
            for event in subject.StudyEventData:
                for form in event.FormData:
                    for group in form.ItemGroupData:
                        yield from ([item.ItemOID, item.Value] for item in group.ItemData)


version, path = sys.argv[1:]
package, namespace = PACKAGES[version]
reader = loader.ODMLoader(odm_loader.XMLODMLoader(model_package=package, ns_uri=namespace))
reader.open_odm_document(path)
odm = reader.load_odm()
metadata = odm.Study[0].MetaDataVersion[0]
print(
    json.dumps(
        {
            "file": odm.FileOID,
            "items": list(items(odm)),
            "definitions": [item.OID for item in metadata.ItemDef],
            "groups": [[group.OID, [item.ItemOID for item in group.ItemRef]] for group in metadata.ItemGroupDef],
            "lists": [codes.OID for codes in metadata.CodeList],
        }
    )
)
