"""What the packing benchmark packs, and the packer it is measured beside."""
