package Settings;

sub slurp {
    my ($file) = @_;
    open my $fh, '<', $file or die "$file: eval failed";
    local $/;
    return scalar <$fh>;
}

sub load {
    my $text = slurp(shift);
    my $settings = eval $text;
    return $settings;
}

sub lines {
    open(LINES, shift) or return;
    while (<LINES>) {
        next unless /=/;
        print;
    }
    close LINES;
}

sub run {
    open(RUN, shift) || die;
    my $code = do { local $/; <RUN> };
    eval { 1 };
    eval $code;
}

sub loaded {
    my $self = shift;
    open $self->{log}, '>', shift;
    require Carp;
    print { $self->{log} } "do it\n";
}

1;
