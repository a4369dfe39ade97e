"""What is measured: yearly figures, quality, the four standards, the 2030 pattern."""
