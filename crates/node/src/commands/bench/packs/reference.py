"""Times the reference implementation of the CBV event hash on one document, and prints what it found."""

import json
import sys
import time

from epcis_event_hash_generator import hash_generator
from epcis_event_hash_generator.events_from_file_reader import event_list_from_file

begun = time.process_time()
events = event_list_from_file(sys.argv[1])
read = time.process_time()
hashes = hash_generator.epcis_hashes_from_events(events)
hashed = time.process_time()
print(json.dumps({"read": read - begun, "hash": hashed - read, "hashes": hashes}))
