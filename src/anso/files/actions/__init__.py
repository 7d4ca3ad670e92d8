"""What can be done with files: checked and stored, received in pieces, scanned."""

from __future__ import annotations

from anso.files.actions.scanning import scan_stored_file
from anso.files.actions.storing import store_file
from anso.files.actions.uploading import (
    UPLOAD_PURPOSES,
    discard_expired_uploads,
    receive_piece,
    start_upload,
)

__all__ = [
    "UPLOAD_PURPOSES",
    "discard_expired_uploads",
    "receive_piece",
    "scan_stored_file",
    "start_upload",
    "store_file",
]
