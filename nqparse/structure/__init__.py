"""From text to zones and sections: layout, furniture, lines, zones, and one small parser per zone."""
