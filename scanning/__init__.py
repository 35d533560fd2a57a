"""From a device or a picture to a typed `Scan`. Import the module you need: none is heavy to import."""
