"""What is to be fixed or confirmed, as cards beside the grid."""
