"""Finished packs → a folder, whole or not at all. The front doors are `folder.PackFolder` and `delivery.deliver`."""
