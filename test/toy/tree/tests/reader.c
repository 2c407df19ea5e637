/* Not installed: reads what a test wrote. */
int main (void) { return open ("out", 0); }
