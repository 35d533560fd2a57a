"""Windows' print spooler, through winspool.drv; opened on Windows only."""

import ctypes
from functools import cached_property
from typing import Any


class _DocInfo(ctypes.Structure):
    """DOC_INFO_1W of winspool.h."""

    _fields_ = (
        ("pDocName", ctypes.c_wchar_p),
        ("pOutputFile", ctypes.c_wchar_p),
        ("pDatatype", ctypes.c_wchar_p),
    )


class Winspool:
    """The spooler's calls, each raising `OSError` with Windows' own words when it is refused."""

    def __init__(self) -> None:
        """Nothing is loaded yet."""
        self._document: ctypes.c_void_p | None = None

    @cached_property
    def _calls(self) -> Any:
        loader: Any = getattr(ctypes, "WinDLL", None)
        if loader is None:
            raise OSError("the Windows print spooler exists on Windows only")
        return loader("winspool.drv", use_last_error=True)

    def status(self, printer: str) -> int:
        """The queue's PRINTER_STATUS_ bits, from PRINTER_INFO_6."""
        handle = self._opened(printer)
        bits, needed = ctypes.c_uint32(), ctypes.c_uint32()
        try:
            self._must(
                self._calls.GetPrinterW(
                    handle, 6, ctypes.byref(bits), ctypes.sizeof(bits), ctypes.byref(needed)
                )
            )
        finally:
            self._calls.ClosePrinter(handle)
        return bits.value

    def begin(self, printer: str, title: str) -> None:
        """Open a raw document."""
        self._document = self._opened(printer)
        info = _DocInfo(title, None, "RAW")
        try:
            self._must(self._calls.StartDocPrinterW(self._document, 1, ctypes.byref(info)))
            self._must(self._calls.StartPagePrinter(self._document))
        except OSError:
            self.abort()
            raise

    def write(self, data: bytes) -> None:
        """Write all of its bytes."""
        written = ctypes.c_uint32()
        self._must(self._calls.WritePrinter(self._document, data, len(data), ctypes.byref(written)))
        if written.value != len(data):
            raise OSError(f"the print spooler took {written.value} of {len(data)} bytes")

    def end(self) -> None:
        """Close the document."""
        self._must(self._calls.EndPagePrinter(self._document))
        self._must(self._calls.EndDocPrinter(self._document))
        self._calls.ClosePrinter(self._document)

    def abort(self) -> None:
        """Throw the document away."""
        self._calls.AbortPrinter(self._document)
        self._calls.ClosePrinter(self._document)

    def _opened(self, printer: str) -> ctypes.c_void_p:
        handle = ctypes.c_void_p()
        self._must(self._calls.OpenPrinterW(printer, ctypes.byref(handle), None))
        return handle

    def _must(self, done: int) -> None:
        if not done:
            last: Any = getattr(ctypes, "get_last_error", None)
            raise OSError(f"the print spooler refused with Windows error {last() if last else 'unknown'}")
