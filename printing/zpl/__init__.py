"""ZPL, the language of label printers: written, read back to dots, and judged before it is passed on.

After Zebra's ZPL II Programming Guide. Command names are written as there: `^FO`, `~JR`.
"""

from printing.zpl.check import check_zpl
from printing.zpl.read import labels
from printing.zpl.syntax import ZplError
from printing.zpl.write import to_zpl
