"""A USB printer without a system driver, through pyusb and libusb (the optional extra `usb`).

The printer's own endpoints are looked up, because the usual guess is wrong for many printers, and a
write that took only a part is gone on with.
"""

import time
from typing import Any

from printing.drivers.channel import Channel, Open

PRINTER_CLASS = 7
_TO_PRINTER, _FROM_PRINTER, _DIRECTION = 0x00, 0x80, 0x80
_POLL_SECONDS = 0.02


def usb_printer(vendor: int, product: int, serial: str = "", backend: Any = None) -> Open:
    """Opens the USB device with these ids, and with this serial number when one is given."""

    def connect() -> Channel:
        return UsbChannel(_find(vendor, product, serial, backend))

    return connect


def _find(vendor: int, product: int, serial: str, backend: Any) -> Any:
    try:
        import usb.core
    except ImportError as error:
        raise OSError("USB printers need pyusb: pip install 'picker[usb]'") from error
    try:
        devices = usb.core.find(find_all=True, idVendor=vendor, idProduct=product, backend=backend)
    except usb.core.NoBackendError as error:
        raise OSError("USB printers need the system library libusb-1.0") from error
    for device in devices:
        if not serial or device.serial_number == serial:
            return device
    raise OSError(f"no USB device {vendor:04x}:{product:04x} {serial}".rstrip())


class UsbChannel:
    """One claimed printer interface; pyusb's errors are `OSError`s."""

    def __init__(self, device: Any) -> None:
        """Claim the device's printer interface; raises `OSError` when it has none or it is taken."""
        import usb.util

        self._device = device
        interface = next((one for one in device[0] if one.bInterfaceClass == PRINTER_CLASS), None)
        if interface is None:
            raise OSError(f"the USB device {device.idVendor:04x}:{device.idProduct:04x} is no printer")
        self._number = interface.bInterfaceNumber
        self._free_from_system()
        usb.util.claim_interface(device, self._number)
        self._out = self._endpoint(interface, _TO_PRINTER)
        self._in = self._endpoint(interface, _FROM_PRINTER)
        if self._out is None:
            raise OSError("the USB printer has no endpoint to write to")

    def _free_from_system(self) -> None:
        # Windows and some systems have no driver to take it from, and say so in their own way.
        try:
            if self._device.is_kernel_driver_active(self._number):
                self._device.detach_kernel_driver(self._number)
        except NotImplementedError:
            return

    def _endpoint(self, interface: Any, direction: int) -> Any:
        return next((end for end in interface if end.bEndpointAddress & _DIRECTION == direction), None)

    def write(self, data: bytes, seconds: float) -> int:
        """Write what it takes; pyusb's own error for a time limit may hide a part that was taken."""
        taken = int(self._out.write(data, timeout=max(1, int(seconds * 1000))))
        if not taken:
            raise TimeoutError("the USB printer takes nothing")
        return taken

    def read(self, seconds: float) -> bytes:
        """What comes within `seconds`; answers may come a while after the printer was asked."""
        import usb.core

        if self._in is None:
            time.sleep(max(seconds, 0))
            return b""
        deadline = time.monotonic() + seconds
        while True:
            try:
                left = min(_POLL_SECONDS, max(0.001, deadline - time.monotonic()))
                if data := bytes(self._in.read(64, timeout=int(left * 1000) or 1)):
                    return data
            except usb.core.USBTimeoutError:
                pass
            if time.monotonic() >= deadline:
                return b""
            time.sleep(_POLL_SECONDS / 2)

    def finish(self, seconds: float) -> None:
        """A USB write has reached the printer when it returns; nothing is left to wait for."""

    def close(self) -> None:
        """Give the interface back."""
        import usb.util

        usb.util.release_interface(self._device, self._number)
        usb.util.dispose_resources(self._device)
