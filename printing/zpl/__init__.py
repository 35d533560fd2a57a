"""ZPL, the language of label printers: written, read back to dots, and judged before it is passed on.

After Zebra's ZPL II Programming Guide. Command names are written as there: `^FO`, `~JR`.
"""

from printing.zpl.check import check_zpl
from printing.zpl.native import to_zpl_native
from printing.zpl.read import labels
from printing.zpl.syntax import ZplError
from printing.zpl.write import to_zpl

__all__ = ["ZplError", "check_zpl", "labels", "to_zpl", "to_zpl_native"]
