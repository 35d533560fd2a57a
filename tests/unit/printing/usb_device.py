"""A USB bus with one printer on it, as pyusb's own backends would show it."""

import errno
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import usb.backend
import usb.core

from printing.virtual_escpos import EscposMachine

VENDOR, PRODUCT = 0x04B8, 0x0E15
TO, FROM = 0x03, 0x84
MOST = 512
"""Bytes that one write takes, so that longer ones come back short."""


@dataclass
class Described:
    """A descriptor: whatever is asked of it, pyusb finds among its fields."""

    values: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name not in self.values:
            raise AttributeError(name)
        return self.values[name]


class Bus(usb.backend.IBackend):  # type: ignore[misc]
    """One device whose printer interface is the second one, with endpoints that nobody would guess."""

    def __init__(self) -> None:
        self.machine = EscposMachine(None)
        self.plugged = True
        self.taken = False
        self.takes_nothing = False
        self._answers = bytearray()

    def enumerate_devices(self) -> Iterator[int]:
        return iter([1] if self.plugged else [])

    def get_device_descriptor(self, dev: int) -> Described:
        return Described(
            {
                "bLength": 18, "bDescriptorType": 1, "bcdUSB": 0x200, "bDeviceClass": 0,
                "bDeviceSubClass": 0, "bDeviceProtocol": 0, "bMaxPacketSize0": 64, "idVendor": VENDOR,
                "idProduct": PRODUCT, "bcdDevice": 0x100, "iManufacturer": 0, "iProduct": 0,
                "iSerialNumber": 0, "bNumConfigurations": 1, "bus": 1, "address": 1, "port_number": 1,
                "port_numbers": (1,), "speed": 3,
            }
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: int, config: int) -> Described:
        if config:
            raise IndexError(config)
        return Described(
            {
                "bLength": 9, "bDescriptorType": 2, "wTotalLength": 64, "bNumInterfaces": 2,
                "bConfigurationValue": 1, "iConfiguration": 0, "bmAttributes": 0xC0, "bMaxPower": 1,
                "extra_descriptors": [],
            }
        )  # fmt: skip

    def get_interface_descriptor(self, dev: int, intf: int, alt: int, config: int) -> Described:
        if intf > 1 or alt:
            raise IndexError(intf)
        return Described(
            {
                "bLength": 9, "bDescriptorType": 4, "bInterfaceNumber": intf, "bAlternateSetting": 0,
                "bNumEndpoints": 2 * intf, "bInterfaceClass": 7 if intf else 3, "bInterfaceSubClass": 1,
                "bInterfaceProtocol": 2, "iInterface": 0, "extra_descriptors": [],
            }
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: int, ep: int, intf: int, alt: int, config: int) -> Described:
        if not intf or ep > 1:
            raise IndexError(ep)
        return Described(
            {
                "bLength": 7, "bDescriptorType": 5, "bEndpointAddress": (TO, FROM)[ep], "bmAttributes": 2,
                "wMaxPacketSize": 64, "bInterval": 0, "bRefresh": 0, "bSynchAddress": 0,
                "extra_descriptors": [],
            }
        )  # fmt: skip

    def open_device(self, dev: int) -> int:
        return dev

    def close_device(self, dev_handle: int) -> None:
        return None

    def set_configuration(self, dev_handle: int, config_value: int) -> None:
        return None

    def get_configuration(self, dev_handle: int) -> int:
        return 1

    def claim_interface(self, dev_handle: int, intf: int) -> None:
        if self.taken:
            raise usb.core.USBError("Resource busy", errno=errno.EBUSY)

    def release_interface(self, dev_handle: int, intf: int) -> None:
        return None

    def is_kernel_driver_active(self, dev_handle: int, intf: int) -> bool:
        return False

    def bulk_write(self, dev_handle: int, ep: int, intf: int, data: "array[int]", timeout: int) -> int:
        self._must_be_there()
        assert (ep, intf) == (TO, 1)
        if self.takes_nothing:
            raise usb.core.USBTimeoutError("Operation timed out", errno=errno.ETIMEDOUT)
        taken = bytes(data[:MOST])
        self._answers.extend(self.machine.receive(taken))
        return len(taken)

    def bulk_read(self, dev_handle: int, ep: int, intf: int, buff: "array[int]", timeout: int) -> int:
        self._must_be_there()
        assert (ep, intf) == (FROM, 1)
        if not self._answers:
            raise usb.core.USBTimeoutError("Operation timed out", errno=errno.ETIMEDOUT)
        told = bytes(self._answers[: len(buff)])
        del self._answers[: len(told)]
        for place, byte in enumerate(told):
            buff[place] = byte
        return len(told)

    def _must_be_there(self) -> None:
        if not self.plugged:
            raise usb.core.USBError("No such device", errno=errno.ENODEV)
