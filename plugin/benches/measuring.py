"""What the benchmark scripts share: the list of charts, processes and what they cost, and the page that they write."""
import math, os, platform, shutil, statistics, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
HELM = os.environ.get("HELM", "helm")
ARCH = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
RELEASED = os.path.join(ROOT, f"target/release-of-plugins/bin/helm-catalog-linux-{ARCH}")
OURS = os.environ.get("HELM_CATALOG", RELEASED)
# Where the half of the page begins that the script `fleet` writes; the half above it is that of `against-helm-on-charts`.
BORDER = "## In one process\n"


def read_list():
    """The charts of charts.txt, in its order: name, source, dependencies as (directory, source), arguments."""
    charts = []
    with open(os.path.join(HERE, "charts.txt"), encoding="utf-8") as file:
        for line in file:
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            if words[0] == "with":
                charts[-1]["with"].append((words[1], words[2]))
            elif words[0] == "args":
                charts[-1]["args"] = words[1:]
            else:
                charts.append({"name": words[0], "source": words[1], "with": [], "args": []})
    return charts


def helm_version():
    """The version of HELM, without the v."""
    command = [HELM, "version", "--template", "{{.Version}}"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode().lstrip("v")


def our_version():
    """The version of helm-catalog."""
    return subprocess.run([OURS, "--version"], check=True, stdout=subprocess.PIPE).stdout.decode().split()[-1]


def once(command, output=subprocess.DEVNULL, **options):
    """Runs a command; gives its wall time and its processor time in milliseconds."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, **options)
        _, status, usage = os.wait4(process.pid, 0)
        wall = (time.perf_counter() - start) * 1000
        process.returncode = status
        if status != 0:
            errors.seek(0)
            sys.exit(f"{' '.join(command)}: failed\n{errors.read().decode(errors='replace')}")
    return wall, (usage.ru_utime + usage.ru_stime) * 1000


def output_of(command):
    """What a command prints."""
    with tempfile.TemporaryFile() as file:
        once(command, file)
        file.seek(0)
        return file.read()


def peak(command, **options):
    """The peak memory of a command in megabytes, as GNU time sees it: Python's own would count for a child of Python."""
    time_tool = shutil.which("time")
    if time_tool is None:
        return None
    command = [time_tool, "-f", "%M", *command]
    run = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True, **options)
    return int(run.stderr.split()[-1]) / 1024


def mean(numbers):
    """The geometric mean."""
    return math.exp(statistics.fmean(math.log(number) for number in numbers))


def machine():
    """The processor, cores, system and load."""
    model = platform.processor() or platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
        model = names[0] if names else model
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}; load average at the start {os.getloadavg()[0]:.1f}"


def halves(page):
    """The two halves of a page, each empty if it is not there."""
    if not os.path.exists(page):
        return "", ""
    with open(page, encoding="utf-8") as file:
        above, border, below = file.read().partition(BORDER)
    return above, border + below


def write(page, above, below):
    """Writes a page of two halves."""
    with open(page, "w", encoding="utf-8") as file:
        file.write(above.rstrip("\n") + "\n\n" + below if below else above)
