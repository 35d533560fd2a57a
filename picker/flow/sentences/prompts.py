"""What the station asks for next."""

from picker.flow.severity import INFO, Sentences

SENTENCES: Sentences = {
    "prompt.badge": (INFO, "Scan your badge"),
    "prompt.home": (INFO, "OK for {order}, or scan a pick sheet"),
    "prompt.home_empty": (INFO, "No order is waiting. Scan a pick sheet"),
    "prompt.take_back": (INFO, "Scan out {count} x {name}: no longer ordered"),
    "prompt.take_back_sealed": (
        INFO,
        "{count} x {name} too many in a sealed parcel. PARK, and ask the shift lead",
    ),
    "prompt.location": (INFO, "Go to {location} and scan it"),
    "prompt.pick": (INFO, "Scan {name}"),
    "prompt.lot": (INFO, "Scan or type the lot"),
    "prompt.serial": (INFO, "Scan the serial number"),
    "prompt.expiry": (INFO, "Scan or type the expiry date YYMMDD"),
    "prompt.attach": (INFO, "Scan a known barcode of the item in your hand"),
    "prompt.lead": (INFO, "A shift lead scans a badge"),
    "prompt.check": (INFO, "Scan each item into parcel {parcel}"),
    "prompt.packaging": (INFO, "Take {packaging} and scan it"),
    "prompt.packaging_free": (INFO, "Scan the packaging you take"),
    "prompt.own_box": (INFO, "No carton for {name}: OK, or scan it"),
    "prompt.photo": (INFO, "{fill}, hold it open under the camera, then OK or scan it again"),
    "prompt.weigh": (INFO, "{fill}, weight in g, or SKIP"),
    "prompt.weigh_required": (INFO, "{fill}, weight in g"),
    "prompt.seal": (INFO, "{fill}, then OK or scan it again"),
    "prompt.measure": (INFO, "Scan the product to measure, or BACK"),
    "prompt.measure_which": (INFO, "Choose the product to measure, or scan it"),
    "prompt.measure_sides": (INFO, "Length x width x height of {name} in mm"),
    "prompt.measure_width": (INFO, "Width of {name} in mm"),
    "prompt.measure_height": (INFO, "Height of {name} in mm"),
    "prompt.measure_weight": (INFO, "Weight of one {name} in g"),
    "prompt.label": (INFO, "Stick the label on parcel {parcel} and scan it"),
    "prompt.choice": (INFO, "Choose 1 to {count}"),
    "prompt.damage_item": (INFO, "Scan the damaged item"),
    "prompt.take_out": (INFO, "Scan what you take out, then OK"),
}
