"""How much one document, and one file, may take."""

from __future__ import annotations

# Bytes, 1 KiB to 1 GiB. The largest of 222 development pages has 2.4 MB; a limit ten times that keeps every article
# and bounds what a compressed file can make of itself.
MAX_DOCUMENT_BYTES = 24 * 1024 * 1024

# Bytes, 24 MiB to 4 GiB: a JSON array has to be read whole before its last bracket shows that it is one. 256 MiB hold
# some 60,000 text articles; what is larger belongs into JSON Lines, which may be of any size.
MAX_ARRAY_BYTES = 256 * 1024 * 1024

# Commas in such a file, 1 to 100 million: they bound its values, and these the memory it takes. A text has one comma in
# some 80 bytes; an array of numbers has one in two.
MAX_ARRAY_COMMAS = 8_000_000

# Bytes of one portion of a file that several workers share, 1 to 256 MiB. It must not depend on the number of workers,
# or results could. A portion of a WARC costs one search for its first record, of a few 100 kB; 16 MiB of compressed
# pages take some 2 s of work.
PORTION_BYTES = 16 * 1024 * 1024

# Bytes that are read at once, 4 KiB to 1 MiB; of no influence on results.
CHUNK_BYTES = 64 * 1024

# Records of a JSON file that are refused one after another before the rest of its portion is given up, 100 to 1,000,000.
# An array of ten million numbers would otherwise be ten million rejects, some 3 GB.
MAX_REFUSED_IN_A_ROW = 10_000

# How many times its stored size an archive may unpack to. Deflate can't do more than 1,032, so a ZIP file that does has
# members that overlap: a bomb.
MAX_EXPANSION = 1032
