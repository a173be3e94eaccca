// placeholder until the next lines of this script are written below
